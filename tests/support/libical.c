/*
 * What libical (GNOME, Thunderbird of old, many phones) reads in feeds, as JSON.
 *
 *   libical read LIMIT DAYS FEED...   a line a feed: its errors, its events, their instances
 *   libical offsets FEED QUERIES      a line a query `TZID TIME`: the offset of that time
 *
 * A moment is [wall, zone, UTC], for days [day, null, null]. Only the zones of the feed count.
 */
#include <libical/ical.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *content(const char *path)
{
    FILE *file = fopen(path, "rb");
    long size;
    char *text;

    if (!file || fseek(file, 0, SEEK_END) || (size = ftell(file)) < 0) {
        perror(path);
        exit(2);
    }
    rewind(file);
    text = malloc((size_t)size + 1);
    if (!text || fread(text, 1, (size_t)size, file) != (size_t)size) {
        perror(path);
        exit(2);
    }
    text[size] = 0;
    fclose(file);
    return text;
}

static void put_text(const char *text)
{
    if (!text) {
        printf("null");
        return;
    }
    putchar('"');
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        if (*at == '"' || *at == '\\')
            printf("\\%c", *at);
        else if (*at < ' ')
            printf("\\u%04x", *at);
        else
            putchar(*at);
    }
    putchar('"');
}

static void put_utc(struct icaltimetype time)
{
    time = icaltime_convert_to_zone(time, icaltimezone_get_utc_timezone());
    printf("\"%04d-%02d-%02dT%02d:%02d:%02dZ\"", time.year, time.month, time.day, time.hour,
           time.minute, time.second);
}

static void put_moment(struct icaltimetype time)
{
    if (icaltime_is_null_time(time)) {
        printf("null");
    } else if (time.is_date) {
        printf("[\"%04d-%02d-%02d\",null,null]", time.year, time.month, time.day);
    } else {
        printf("[\"%04d-%02d-%02dT%02d:%02d:%02d\",", time.year, time.month, time.day, time.hour,
               time.minute, time.second);
        put_text(icaltime_is_utc(time) ? "UTC" : icaltime_get_tzid(time));
        printf(",");
        put_utc(time);
        printf("]");
    }
}

static struct icaltimetype moment_of(icalproperty *property, icalcomponent *event)
{
    return property ? icalproperty_get_datetime_with_component(property, event)
                    : icaltime_null_time();
}

static void put_moments(icalcomponent *event, icalproperty_kind kind)
{
    const char *comma = "";
    icalproperty *each;

    printf("[");
    for (each = icalcomponent_get_first_property(event, kind); each;
         each = icalcomponent_get_next_property(event, kind)) {
        printf("%s", comma);
        put_moment(moment_of(each, event));
        comma = ",";
    }
    printf("]");
}

struct Listing {
    int is_days;
    long left;
    const char *comma;
};

static void put_edge(struct Listing *listing, struct icaltimetype time)
{
    if (listing->is_days)
        printf("\"%04d-%02d-%02d\"", time.year, time.month, time.day);
    else
        put_utc(time);
}

static void put_instance(struct Listing *listing, struct icaltimetype start, struct icaltimetype end)
{
    if (listing->left-- <= 0)
        return;
    printf("%s[", listing->comma);
    listing->comma = ",";
    put_edge(listing, start);
    printf(",");
    put_edge(listing, end);
    printf("]");
}

static void put_span(icalcomponent *event, struct icaltime_span *span, void *listing)
{
    icaltimezone *utc = icaltimezone_get_utc_timezone();

    (void)event;
    put_instance(listing, icaltime_from_timet_with_zone(span->start, 0, utc),
                 icaltime_from_timet_with_zone(span->end, 0, utc));
}

/* It reads an RDATE with a TZID as if that were UTC, so these are taken from the property by hand. */
static void put_instances(icalcomponent *event, struct icaltimetype start, long limit, int days)
{
    struct Listing listing = {start.is_date, limit, ""};
    icalcomponent *alone =
        icalcomponent_new_from_string(icalcomponent_as_ical_string(event));
    icalcomponent *calendar = icalcomponent_get_parent(event);
    struct icaltimetype first, last;
    icalproperty *each, *next;

    icalcomponent_add_component(calendar, alone);
    for (each = icalcomponent_get_first_property(alone, ICAL_RDATE_PROPERTY); each; each = next) {
        struct icaltimetype time = moment_of(each, event);
        struct icaltimetype copy = icalcomponent_get_dtstart(event);

        next = icalcomponent_get_next_property(alone, ICAL_RDATE_PROPERTY);
        if (!icalproperty_get_first_parameter(each, ICAL_TZID_PARAMETER))
            continue;
        if (!icalproperty_recurrence_is_excluded(event, &copy, &time))
            put_instance(&listing, time, icaltime_add(time, icalcomponent_get_duration(event)));
        icalcomponent_remove_property(alone, each);
        icalproperty_free(each);
    }
    first = last = icaltime_convert_to_zone(start, icaltimezone_get_utc_timezone());
    icaltime_adjust(&first, -1, 0, 0, 0);
    icaltime_adjust(&last, days, 0, 0, 0);
    icalcomponent_foreach_recurrence(alone, first, last, put_span, &listing);
    icalcomponent_remove_component(calendar, alone);
    icalcomponent_free(alone);
}

static void put_event(icalcomponent *event, long limit, int days)
{
    icalproperty *rule = icalcomponent_get_first_property(event, ICAL_RRULE_PROPERTY);
    icalproperty *status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
    icalproperty *end = icalcomponent_get_first_property(event, ICAL_DTEND_PROPERTY);
    icalproperty *own = icalcomponent_get_first_property(event, ICAL_RECURRENCEID_PROPERTY);
    struct icaltimetype start = icalcomponent_get_dtstart(event);

    printf("{\"uid\":");
    put_text(icalcomponent_get_uid(event));
    printf(",\"summary\":");
    put_text(icalcomponent_get_summary(event));
    printf(",\"start\":");
    put_moment(start);
    printf(",\"end\":");
    put_moment(moment_of(end, event));
    printf(",\"rule\":");
    put_text(rule ? icalproperty_get_value_as_string(rule) : NULL);
    printf(",\"rdate\":");
    put_moments(event, ICAL_RDATE_PROPERTY);
    printf(",\"exdate\":");
    put_moments(event, ICAL_EXDATE_PROPERTY);
    printf(",\"status\":");
    put_text(status ? icalproperty_get_value_as_string(status) : NULL);
    printf(",\"recurrence_id\":");
    put_moment(moment_of(own, event));
    printf(",\"instances\":[");
    if (!own)
        put_instances(event, start, limit, days);
    printf("]}");
}

static void put_errors(icalcomponent *component, const char **comma)
{
    icalproperty *each;
    icalcomponent *inner;

    for (each = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); each;
         each = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        printf("%s", *comma);
        *comma = ",";
        put_text(icalproperty_as_ical_string(each));
    }
    for (inner = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); inner;
         inner = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
        put_errors(inner, comma);
}

static int read_feed(const char *path, long limit, int days)
{
    char *text = content(path);
    icalcomponent *calendar = icalparser_parse_string(text), *event;
    const char *comma = "";
    int is_allowed;

    free(text);
    if (!calendar) {
        printf("{\"errors\":[\"nothing was read\"],\"events\":[]}\n");
        return 0;
    }
    is_allowed = icalrestriction_check(calendar);
    printf("{\"errors\":[");
    put_errors(calendar, &comma);
    if (!is_allowed)
        printf("%s\"icalrestriction_check\"", comma);
    printf("],\"events\":[");
    comma = "";
    for (event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        printf("%s", comma);
        comma = ",";
        put_event(event, limit, days);
    }
    printf("]}\n");
    icalcomponent_free(calendar);
    return 0;
}

static int put_offsets(const char *feed, const char *queries)
{
    char *text = content(feed), *asked = content(queries), *rest = asked, *line;
    icalcomponent *calendar = icalparser_parse_string(text);

    while (calendar && (line = strtok_r(rest, "\n", &rest))) {
        char *blank = strchr(line, ' ');
        struct icaltimetype time;
        icaltimezone *zone;
        int is_daylight;

        *blank = 0;
        time = icaltime_from_string(blank + 1);
        zone = icalcomponent_get_timezone(calendar, line);
        if (!zone)
            return 2;
        printf("%d\n", icaltimezone_get_utc_offset(zone, &time, &is_daylight));
    }
    free(text);
    free(asked);
    return calendar ? 0 : 2;
}

int main(int count, char **words)
{
    if (count == 4 && !strcmp(words[1], "offsets"))
        return put_offsets(words[2], words[3]);
    if (count < 5 || strcmp(words[1], "read"))
        return 2;
    for (int each = 4; each < count; each++)
        read_feed(words[each], atol(words[2]), atoi(words[3]));
    return 0;
}
