/* libyaml's events and libical's components. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

static void set(icalcomponent *event, const char *key, const char *value, const char *zone)
{
    if (!strcmp(key, "uid"))
        icalcomponent_add_property(event, icalproperty_new_uid(value));
    else if (!strcmp(key, "summary"))
        icalcomponent_add_property(event, icalproperty_new_summary(value));
    else if (!strcmp(key, "location"))
        icalcomponent_add_property(event, icalproperty_new_location(value));
    else if (!strcmp(key, "description"))
        icalcomponent_add_property(event, icalproperty_new_description(value));
    else if (!strcmp(key, "rrule"))
        icalcomponent_add_property(
            event, icalproperty_new_rrule(icalrecurrencetype_from_string(value)));
    else if (!strcmp(key, "start") || !strcmp(key, "end")) {
        char basic[20];
        size_t used = 0;
        for (const char *c = value; *c && used < sizeof basic - 2; c++)
            if (*c != '-' && *c != ':')
                basic[used++] = *c;
        if (zone && !strcmp(zone, "UTC"))
            basic[used++] = 'Z';
        basic[used] = 0;
        struct icaltimetype time = icaltime_from_string(basic);
        icalproperty *property = *key == 's' ? icalproperty_new_dtstart(time)
                                             : icalproperty_new_dtend(time);
        if (zone && strcmp(zone, "UTC"))
            icalproperty_add_parameter(property, icalparameter_new_tzid(zone));
        icalcomponent_add_property(event, property);
    }
}

int main(int argc, char **argv)
{
    yaml_parser_t parser;
    yaml_event_t event;
    FILE *in = fopen(argv[1], "rb"), *out;
    icalcomponent *calendar = icalcomponent_new_vcalendar(), *current = NULL;
    struct icaltimetype now = icaltime_current_time_with_zone(icaltimezone_get_utc_timezone());
    char *keys[16], *values[16], *key = NULL;
    int count = 0, depth = 0, done = 0;

    icalcomponent_add_property(calendar, icalproperty_new_version("2.0"));
    icalcomponent_add_property(calendar, icalproperty_new_prodid("-//benchmark//EN"));
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_file(&parser, in);
    while (!done) {
        if (!yaml_parser_parse(&parser, &event))
            return 1;
        switch (event.type) {
        case YAML_MAPPING_START_EVENT:
            depth++;
            count = 0;
            break;
        case YAML_SCALAR_EVENT:
            if (depth < 2)
                break;
            if (!key)
                key = strdup((char *)event.data.scalar.value);
            else {
                keys[count] = key;
                values[count++] = strdup((char *)event.data.scalar.value);
                key = NULL;
            }
            break;
        case YAML_MAPPING_END_EVENT:
            if (depth-- == 2) {
                const char *zone = NULL;
                current = icalcomponent_new_vevent();
                icalcomponent_add_property(current, icalproperty_new_dtstamp(now));
                for (int i = 0; i < count; i++)
                    if (!strcmp(keys[i], "zone"))
                        zone = values[i];
                for (int i = 0; i < count; i++)
                    set(current, keys[i], values[i], zone);
                for (int i = 0; i < count; i++) {
                    free(keys[i]);
                    free(values[i]);
                }
                icalcomponent_add_component(calendar, current);
            }
            break;
        case YAML_STREAM_END_EVENT:
            done = 1;
            break;
        default:
            break;
        }
        yaml_event_delete(&event);
    }
    out = fopen(argv[2], "wb");
    fputs(icalcomponent_as_ical_string(calendar), out);
    return fclose(out);
}
