"""The months and weekdays of other languages, from CLDR.

``python -m tools.cldr_words`` writes this module. Babel is optional, and a help must not depend on
it.
"""

from __future__ import annotations

MONTHS = (
    "ene enero gen gener gennaio ian ianuarie jaan jaanuar jan janar janeiro januar januari "
    "január januára janv janvier janvāris janúar led leden ledna oca ocak saus sausio sausis "
    "sij siječanj siječnja sty styczeń stycznia tammi tammikuu tammikuuta urt urtarrila xan "
    "xaneiro yan yanvar ιαν ιανουάριος ιανουαρίου сту студзень студзеня січ січень січня янв "
    "январь января яну януари јан јануар јануари հնվ հունվար հունվարի ינואר يناير იან იანვარი",
    "feb febbraio febr febreiro febrer febrero februar februari februarie február februára "
    "februāris febrúar fev fevereiro fevral févr février helmi helmikuu helmikuuta lut lutego "
    "luty ots otsaila shk shkurt vas vasario vasaris veebr veebruar velj veljača veljače úno "
    "únor února şub şubat φεβ φεβρουάριος φεβρουαρίου лют лютага лютий лютого люты феб фебруар "
    "фев февр февраль февраля февруари փետրվար փետրվարի փտվ פברואר فبراير თებ თებერვალი",
    "bře březen března kov kovas kovo maalis maaliskuu maaliskuuta maart mac mar marca marec "
    "maret mars mart martie marts martxoa marzec marzo març março mrt márc március mär märts "
    "märz ožu ožujak ožujka μάρ μάρτιος μαρ μαρτίου бер березень березня мар март марта сак "
    "сакавік сакавіка մարտ մարտի մրտ מרץ مارس მარ მარტი",
    "abr abril api apirila apr aprel april aprile aprilie aprill apríl apríla aprīlis avr avril "
    "bal balandis balandžio dub duben dubna huhti huhtikuu huhtikuuta kwi kwiecień kwietnia nis "
    "nisan pri prill tra travanj travnja ápr április απρ απρίλιος απριλίου апр апрель апреля "
    "април квіт квітень квітня кра красавік красавіка ապր ապրիլ ապրիլի אפריל أبريل აპრ აპრილი",
    "geg gegužė gegužės kvě květen května mag maggio mai maiatza maig maijs maio maj maja may "
    "mayo mayıs maí mei máj mája május svi svibanj svibnja touko toukokuu toukokuuta μάι μάιος "
    "μαΐ μαΐου май мая мај трав травень травня մայիս մայիսի մյս מאי مايو მაი მაისი",
    "birž birželio birželis cze czerwca czerwiec eka ekaina giu giugno haz haziran iun iunie "
    "iyn iyun juin jun junho juni junij junio juny juuni jún júna június júní jūn jūnijs kesä "
    "kesäkuu kesäkuuta lip lipanj lipnja qer qershor xuño červen června čvn ιουν ιουνίου ιούν "
    "ιούνιος июн июнь июня черв червень червня чэр чэрвень чэрвеня юни јун јуни հնս հունիս "
    "հունիսի יוני يونيو ივნ ივნისი",
    "heinä heinäkuu heinäkuuta iul iulie iyl iyul juil juillet jul julai julho juli julij julio "
    "juliol juuli júl júla július júlí jūl jūlijs korr korrik liep liepa liepos lip lipca "
    "lipiec lug luglio srp srpanj srpnja tem temmuz uzt uztaila xul xullo července červenec čvc "
    "ιουλ ιουλίου ιούλ ιούλιος июл июль июля лип липень липня ліп ліпень ліпеня юли јул јули "
    "հլս հուլիս հուլիսի יולי يوليو ივლ ივლისი",
    "abu abuztua ag ago agost agosto agu agustus août aug august augusta augusti augusts "
    "augustus augusztus avg avgust avq avqust ağu ağustos elo elokuu elokuuta gush gusht kol "
    "kolovoz kolovoza ogo ogos rugp rugpjūtis rugpjūčio sie sierpień sierpnia srp srpen srpna "
    "ágú ágúst αυγ αυγούστου αύγ αύγουστος авг август августа жні жнівень жніўня серп серпень "
    "серпня օգոստոս օգոստոսի օգս אוגוסט أغسطس აგვ აგვისტო",
    "eyl eylül ira iraila rugs rugsėjis rugsėjo ruj rujan rujna sen sentyabr sep sept septembar "
    "september septembra septembre septembrie septembris septiembre set setembre setembro "
    "settembre sht shtator syys syyskuu syyskuuta szept szeptember wrz wrzesień września zář "
    "září σεπ σεπτέμβριος σεπτεμβρίου вер верасень верасня вересень вересня сент сентябрь "
    "сентября сеп септембар септември սեպ սեպտեմբեր սեպտեմբերի ספטמבר سبتمبر სექ სექტემბერი",
    "eki ekim lis listopad listopada loka lokakuu lokakuuta oct octobre octombrie octubre okt "
    "oktobar oktober oktobris oktoober oktyabr október októbra ott ottobre out outubro paź "
    "październik października spal spalio spalis tet tetor urr urria říj říjen října οκτ "
    "οκτωβρίου οκτώβριος жовт жовтень жовтня кас кастрычнік кастрычніка окт октобар октомври "
    "октябрь октября հոկ հոկտեմբեր հոկտեմբերի אוקטובר أكتوبر ოქტ ოქტომბერი",
    "aza azaroa kas kasım lapkr lapkritis lapkričio lis listopad listopada listopadu marras "
    "marraskuu marraskuuta noiembrie nov novembar november novembra novembre novembris novembro "
    "noviembre noy noyabr nën nëntor nóv nóvember stu studeni studenoga νοέ νοέμβριος νοε "
    "νοεμβρίου лист листопад листопада ліс лістапад лістапада нов новембар ное ноември нояб "
    "ноябрь ноября նոյ նոյեմբեր նոյեմբերի נובמבר نوفمبر ნოე ნოემბერი",
    "abe abendua ara aralık dec decembar december decembra decembrie decembris decembro dek "
    "dekabr des desember desembre dets detsember dez dezember dezembro dhj dhjetor dic dicembre "
    "diciembre dis disember déc décembre gru grudnia grudzień gruod gruodis gruodžio joulu "
    "joulukuu joulukuuta pro prosinac prosinca prosince prosinec δεκ δεκέμβριος δεκεμβρίου груд "
    "грудень грудня дек декабрь декабря декември дец децембар сне снежань снежня դեկ դեկտեմբեր "
    "դեկտեմբերի דצמבר ديسمبر დეკ დეკემბერი",
)
"""The words of each month from January on: lower case, without the last dot."""

WEEKDAYS = (
    "al astelehena dilluns dl esmaspäev hétfő hën isn isnin lun lundi lunedì lunes luni luns ma "
    "maanantai maanantaina maandag man mandag mo montag mán mánudagur må mån måndag pazartesi "
    "pirmadienis pirmd pirmdiena po pon pondelok pondělí ponedeljek ponedjeljak poniedziałek pr "
    "pzt seg segunda sen senin δευ δευτέρα панядзелак пн пон понеделник понедельник понедељак "
    "понеділок երկ երկուշաբթի الاثنين ორშ ორშაბათი",
    "an antradienis ar asteartea di dienstag dimarts dinsdag dt kedd mar mardi martedì martes "
    "marți otrd otrdiena sal salı sel selasa teisipäev ter terça ti tiistai tiistaina tir tirs "
    "tirsdag tis tisdag tor torek ty tysdag ut uto utorak utorok wt wtorek út úterý þri "
    "þriðjudagur τρί τρίτη аў аўторак вт вто вторник вівторок уто уторак երեքշաբթի երք الثلاثاء "
    "სამ სამშაბათი",
    "asteazkena az dc dimecres ke keskiviikko keskiviikkona kolmapäev mer mercoledì mercredi mi "
    "mie miercuri mittwoch mié miércoles mið miðvikudagur mér mércores mër on ons onsdag qua "
    "quarta rab rabu sre sreda sri srijeda st streda středa sze szerda tr trečiadienis trešd "
    "trešdiena wo woensdag çar çarşamba çərşənbə śr środa τετ τετάρτη серада середа ср сре "
    "среда сряда չորեքշաբթի չրք الأربعاء ოთხ ოთხშაბათი",
    "ceturtd ceturtdiena cs csütörtök czw czwartek dijous dj do donderdag donnerstag enj fim "
    "fimmtudagur gio giovedì jeu jeudi joi jue jueves kam kamis ketvirtadienis kha khamis kt "
    "neljapäev og osteguna per perşembe qui quinta to tor tors torsdag torstai torstaina xov "
    "xoves čet četrtek četvrtak čt čtvrtek št štvrtok πέμ πέμπτη чацвер чет четвер четверг "
    "четвртак четврток четвъртък чт чц հինգշաբթի հնգ الخميس ხუთ ხუთშაბათი",
    "cum cuma cümə divendres dv fr fre fredag freitag fös föstudagur jum jumaat jumat or "
    "ostirala pe penktadienis perjantai perjantaina pet petak petek pi piatok piektd piektdiena "
    "piątek pn pre pt pá pátek péntek reede sex sexta ven vendredi venerdì venres vie viernes "
    "vin vineri vr vrijdag παρ παρασκευή пʼятниця пет петак петок петък пт пятница пятніца ուր "
    "ուրբաթ الجمعة პარ პარასკევი",
    "cmt cumartesi dissabte ds la larunbata lau lauantai lauantaina laugardagur laupäev laurdag "
    "lr lör lördag lør lørdag sa sab sabato sabtu sam samedi samstag sestd sestdiena sht so sob "
    "sobota sub subota szo szombat sáb sábado sâm sâmbătă za zaterdag şənbə šeštadienis št σάβ "
    "σάββατο саб сабота сб суб суббота субота събота շաբաթ շբթ שבת السبت შაბ შაბათი",
    "ahad ahd bazar dg die dim dimanche diumenge dom domenica domingo dum duminică ig igandea "
    "min minggu ne ned nedelja nedeľa nedjelja neděle niedz niedziela paz pazar pühapäev "
    "sekmadienis sk so sonntag su sun sunnudagur sunnuntai sunnuntaina svētd svētdiena sön "
    "söndag sø søn søndag vasárnap zo zondag κυρ κυριακή воскресенье вс нд нед недела неделя "
    "недеља неділя нядзеля կիր կիրակի الأحد კვი კვირა",
)
"""The words of each weekday from Monday on, in the same form."""
