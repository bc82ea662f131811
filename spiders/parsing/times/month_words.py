"""The words that languages have for months, and the folding under which they are compared."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MARKS: Final = re.compile("[\u0300-\u036f\u0653-\u0655\u200c\u200d]")


def fold_word(word: str) -> str:
    """A word as it is compared: no case, no accents, no Arabic hamza, dotless i as i."""
    if word.isascii():
        return word.lower()
    return _MARKS.sub("", unicodedata.normalize("NFD", word.casefold())).replace("ı", "i")


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Twelve fields a language, January first; in each field the forms met in print, without their full stops.
_GREGORIAN: Final[dict[str, str]] = {
    "en": (
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep|"
        "october oct|november nov|december dec"
    ),
    "de": (
        "januar jan jänner jaenner|februar feb|märz mär maerz mrz|april apr|mai|juni jun|juli jul|"
        "august aug|september sept sep|oktober okt|november nov|dezember dez"
    ),
    "fr": (
        "janvier janv|février févr fev|mars|avril avr|mai|juin|juillet juil|août aou|septembre sept sep|"
        "octobre oct|novembre nov|décembre déc"
    ),
    "it": (
        "gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago|"
        "settembre set|ottobre ott|novembre nov|dicembre dic"
    ),
    "es": (
        "enero ene|febrero feb|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|"
        "septiembre sept set setiembre sep|octubre oct|noviembre nov|diciembre dic"
    ),
    "pt": (
        "janeiro jan|fevereiro fev|março mar|abril abr|maio mai|junho jun|julho jul|agosto ago|"
        "setembro set|outubro out|novembro nov|dezembro dez"
    ),
    "ca": (
        "gener gen|febrer febr|març|abril abr|maig|juny|juliol jul|agost ag|setembre set|octubre oct|"
        "novembre nov|desembre des"
    ),
    "gl": (
        "xaneiro xan|febreiro feb|marzo mar|abril abr|maio|xuño|xullo xul|agosto ago|setembro set|"
        "outubro out|novembro nov|decembro dec"
    ),
    "eu": (
        "urtarrila urt|otsaila ots|martxoa mar|apirila api|maiatza mai|ekaina eka|uztaila uzt|"
        "abuztua abu|iraila ira|urria urr|azaroa aza|abendua abe"
    ),
    "nl": (
        "januari jan|februari feb|maart mrt maa|april apr|mei|juni jun|juli jul|augustus aug|"
        "september sep|oktober okt|november nov|december dec"
    ),
    "af": (
        "januarie jan|februarie feb|maart mrt|april apr|mei|junie jun|julie jul|augustus aug|"
        "september sep|oktober okt|november nov|desember des"
    ),
    "tr": (
        "ocak oca|şubat şub|mart mar|nisan nis|mayıs may|haziran haz|temmuz tem|ağustos ağu|eylül eyl|"
        "ekim eki|kasım kas|aralık ara"
    ),
    "az": (
        "yanvar yan|fevral fev|mart mar|aprel apr|may|iyun iyn|iyul iyl|avqust avq|sentyabr sen|"
        "oktyabr okt|noyabr noy|dekabr dek"
    ),
    "uz": (
        "yanvar yan|fevral fev|mart mar|aprel apr|may|iyun iyn|iyul iyl|avgust avg|sentabr sen|"
        "oktabr okt|noyabr noy|dekabr dek"
    ),
    "kk": (
        "қаңтар қаң yan|ақпан ақп fev|наурыз нау mar|сәуір сәу apr|мамыр мам may|маусым мау iyn|"
        "шілде шіл iyl|тамыз там avq|қыркүйек қыр sen|қазан қаз okt|қараша қар noy|желтоқсан жел dek"
    ),
    "pl": (
        "stycznia sty styczeń yan|lutego lut luty fev|marca mar marzec|kwietnia kwi kwiecień apr|"
        "maja maj may|czerwca cze czerwiec iyn|lipca lip lipiec iyl|sierpnia sie sierpień avq|"
        "września wrz wrzesień sen wrze|października paź październik okt|listopada lis listopad noy list|"
        "grudnia gru grudzień dek"
    ),
    "cs": (
        "ledna led leden yan|února úno únor fev|března bře březen mar|dubna dub duben apr|"
        "května kvě květen may|června čvn červen iyn|července čvc červenec iyl|srpna srp srpen avq|"
        "září zář sen|října říj říjen okt|listopadu lis listopad noy|prosince pro prosinec dek"
    ),
    "sk": (
        "januára jan január yan|februára feb február fev|marca mar marec|apríla apr apríl|mája máj may|"
        "júna jún iyn|júla júl iyl|augusta aug august avq|septembra sep september sen|"
        "októbra okt október|novembra nov november noy|decembra dec december dek"
    ),
    "hu": (
        "január jan yanvar yan|február febr fevral fev|március márc mart mar|április ápr aprel|"
        "május máj may|június jún iyun iyn|július júl iyul iyl|augusztus aug avqust avq|"
        "szeptember szept sentyabr sen|október okt oktyabr|november nov noyabr noy|"
        "december dec dekabr dek"
    ),
    "ro": (
        "ianuarie ian|februarie feb|martie mar|aprilie apr|mai|iunie iun|iulie iul|august aug|"
        "septembrie sept|octombrie oct|noiembrie nov noi|decembrie dec"
    ),
    "sl": (
        "januar jan yanvar yan|februar feb fevral fev|marec mar mart|april apr aprel|maj may|"
        "junij jun iyun iyn|julij jul iyul iyl|avgust avg avqust avq|september sep sentyabr sen|"
        "oktober okt oktyabr|november nov noyabr noy|december dec dekabr dek"
    ),
    "sr-Latn": (
        "januar jan yanvar yan|februar feb fevral fev|mart mar|april apr aprel|maj may|jun iyun iyn|"
        "jul iyul iyl|avgust avg avqust avq|septembar sep sentyabr sen|oktobar okt oktyabr|"
        "novembar nov noyabr noy|decembar dec dekabr dek"
    ),
    "sq": (
        "janar jan yanvar yan|shkurt shk fevral fev|mars mar mart|prill pri aprel apr|maj may|"
        "qershor qer iyun iyn|korrik korr iyul iyl|gusht gush avqust avq|shtator sht sentyabr sen|"
        "tetor tet oktyabr okt|nëntor nën noyabr noy|dhjetor dhj dekabr dek"
    ),
    "ru": (
        "января янв январь|февраля февр февраль фев|марта мар март|апреля апр апрель|мая май|"
        "июня июн июнь|июля июл июль|августа авг август сен|сентября сент сентябрь|"
        "октября окт октябрь ноя|ноября нояб ноябрь|декабря дек декабрь"
    ),
    "uk": (
        "січня січ січень yan|лютого лют лютий fev|березня бер березень mar|квітня квіт квітень apr|"
        "травня трав травень may|червня черв червень iyn|липня лип липень iyl|серпня серп серпень avq|"
        "вересня вер вересень sen|жовтня жовт жовтень okt|листопада лист листопад noy|"
        "грудня груд грудень dek"
    ),
    "be": (
        "студзеня сту студзень|лютага лют люты|сакавіка сак сакавік|красавіка кра красавік|мая май|"
        "чэрвеня чэр чэрвень|ліпеня ліп ліпень|жніўня жні жнівень|верасня вер верасень|"
        "кастрычніка кас кастрычнік|лістапада ліс лістапад|снежня сне снежань"
    ),
    "bg": (
        "януари яну yanvar yan|февруари фев fevral fev|март mart mar|април апр aprel apr|май may|"
        "юни iyun iyn|юли iyul iyl|август авг avqust avq|септември сеп sentyabr sen|"
        "октомври окт oktyabr okt|ноември ное noyabr noy|декември дек dekabr dek"
    ),
    "mk": (
        "јануари јан yanvar yan|февруари фев fevral fev|март мар mart mar|април апр aprel apr|мај may|"
        "јуни јун iyun iyn|јули јул iyul iyl|август авг avqust avq|септември сеп sentyabr sen|"
        "октомври окт oktyabr okt|ноември ное noyabr noy|декември дек dekabr dek"
    ),
    "sr": (
        "јануар јан yanvar yan|фебруар феб fevral fev|март мар mart mar|април апр aprel apr|мај may|"
        "јун iyun iyn|јул iyul iyl|август авг avqust avq|септембар сеп sentyabr sen|"
        "октобар окт oktyabr okt|новембар нов noyabr noy|децембар дец dekabr dek"
    ),
    "el": (
        "ιανουαρίου ιαν ιανουάριοσ|φεβρουαρίου φεβ φεβρουάριοσ|μαρτίου μαρ μάρτιοσ|απριλίου απρ απρίλιοσ|"
        "μαΐου μαΐ μάιοσ|ιουνίου ιουν ιούνιοσ|ιουλίου ιουλ ιούλιοσ|αυγούστου αυγ αύγουστοσ|"
        "σεπτεμβρίου σεπ σεπτέμβριοσ|οκτωβρίου οκτ οκτώβριοσ|νοεμβρίου νοε νοέμβριοσ|"
        "δεκεμβρίου δεκ δεκέμβριοσ"
    ),
    "sv": (
        "januari jan yanvar yan|februari feb fevral fev|mars mart mar|april apr aprel|maj may|"
        "juni iyun iyn|juli iyul iyl|augusti aug avqust avq|september sep sentyabr sen|"
        "oktober okt oktyabr|november nov noyabr noy|december dec dekabr dek"
    ),
    "da": (
        "januar jan yanvar yan|februar feb fevral fev|marts mar mart|april apr aprel|maj may|"
        "juni jun iyun iyn|juli jul iyul iyl|august aug avqust avq|september sep sentyabr sen|"
        "oktober okt oktyabr|november nov noyabr noy|december dec dekabr dek"
    ),
    "nb": (
        "januar jan yanvar|februar feb fevral|mars mart mar|april apr aprel|mai may|juni iyun jun|"
        "juli iyul jul|august aug avqust|september sep sentyabr|oktober okt oktyabr|november nov noyabr|"
        "desember des dekabr"
    ),
    "fi": (
        "tammikuuta tammi tammikuu|helmikuuta helmi helmikuu|maaliskuuta maalis maaliskuu|"
        "huhtikuuta huhti huhtikuu|toukokuuta touko toukokuu|kesäkuuta kesä kesäkuu|"
        "heinäkuuta heinä heinäkuu|elokuuta elo elokuu|syyskuuta syys syyskuu|lokakuuta loka lokakuu|"
        "marraskuuta marras marraskuu|joulukuuta joulu joulukuu"
    ),
    "is": (
        "janúar jan yanvar yan|febrúar feb fevral fev|mars mar mart|apríl apr aprel|maí may|"
        "júní jún iyun iyn|júlí júl iyul iyl|ágúst ágú avqust avq|september sep sentyabr sen|"
        "október okt oktyabr|nóvember nóv noyabr noy|desember des dekabr dek"
    ),
    "et": (
        "jaanuar jaan yanvar yan|veebruar veebr fevral fev|märts mart mar|aprill apr aprel|mai may|"
        "juuni iyun iyn|juuli iyul iyl|august aug avqust avq|september sept sentyabr sen|"
        "oktoober okt oktyabr|november nov noyabr noy|detsember dets dekabr dek"
    ),
    "lv": (
        "janvāris janv yanvar yan|februāris febr fevral fev|marts mart mar|aprīlis apr aprel|maijs may|"
        "jūnijs jūn iyun iyn|jūlijs jūl iyul iyl|augusts aug avqust avq|septembris sept sentyabr sen|"
        "oktobris okt oktyabr|novembris nov noyabr noy|decembris dec dekabr dek"
    ),
    "lt": (
        "sausio saus sausis yan|vasario vas vasaris fev|kovo kov kovas mar|balandžio bal balandis apr|"
        "gegužės geg gegužė may|birželio birž birželis iyn|liepos liep liepa iyl|"
        "rugpjūčio rugp rugpjūtis avq|rugsėjo rugs rugsėjis sen|spalio spal spalis okt|"
        "lapkričio lapkr lapkritis noy|gruodžio gruod gruodis dek"
    ),
    "id": (
        "januari jan yanvar yan|februari feb fevral fev pebruari|maret mar mart|april apr aprel|mei may|"
        "juni jun iyun iyn|juli jul iyul iyl|agustus agu avqust avq agt|september sep sentyabr sen|"
        "oktober okt oktyabr|november nov noyabr noy nop nopember|desember des dekabr dek"
    ),
    "ms": (
        "januari jan yanvar yan|februari feb fevral fev|mac mart mar|april apr aprel|mei may|"
        "jun iyun iyn|julai jul iyul iyl|ogos ogo avqust avq|september sep sentyabr sen|"
        "oktober okt oktyabr|november nov noyabr noy|disember dis dekabr dek"
    ),
    "fil": (
        "enero ene yanvar yan|pebrero peb fevral fev|marso mar mart|abril abr aprel apr|mayo may|"
        "hunyo hun iyun iyn|hulyo hul iyul iyl|agosto ago avqust avq|setyembre set sentyabr sen|"
        "oktubre okt oktyabr|nobyembre nob noyabr noy|disyembre dis dekabr dek"
    ),
    "sw": (
        "januari jan yanvar yan|februari feb fevral fev|machi mac mart mar|aprili apr aprel|mei may|"
        "juni jun iyun iyn|julai jul iyul iyl|agosti ago avqust avq|septemba sep sentyabr sen|"
        "oktoba okt oktyabr|novemba nov noyabr noy|desemba des dekabr dek"
    ),
    "ar": (
        "يناير yanvar yan جانفي|فبراير fevral fev فيفري|مارس mart mar|أبريل aprel apr أفريل|مايو may ماي|"
        "يونيو iyun iyn جوان|يوليو iyul iyl يوليوز جويلية|أغسطس avqust avq غشت أوت|"
        "سبتمبر sentyabr sen شتنبر|أكتوبر oktyabr okt|نوفمبر noyabr noy نونبر|ديسمبر dekabr dek دجنبر"
    ),
    "fa": (
        "ژانویهٔ yan|فوریهٔ fev|مارس mar|آوریل apr|مهٔ may|ژوئن iyn|ژوئیهٔ iyl|اوت avq|سپتامبر sen|"
        "اکتبر okt|نوامبر noy|دسامبر dek"
    ),
    "ur": (
        "جنوری yanvar yan|فروری fevral fev|مارچ mart mar|اپریل aprel apr|مئی may|جون iyun iyn|"
        "جولائی iyul iyl|اگست avqust avq|ستمبر sentyabr sen|اکتوبر oktyabr okt|نومبر noyabr noy|"
        "دسمبر dekabr dek"
    ),
    "he": (
        "ינואר ינו yanvar yan|פברואר פבר fevral fev|מרץ mart mar|אפריל אפר aprel apr|מאי may|"
        "יוני iyun iyn|יולי iyul iyl|אוגוסט אוג avqust avq|ספטמבר ספט sentyabr sen|"
        "אוקטובר אוק oktyabr okt|נובמבר נוב noyabr noy|דצמבר דצמ dekabr dek"
    ),
    "hi": (
        "जनवरी जन yanvar yan|फ़रवरी फ़र fevral fev फरवरी|मार्च mart mar|अप्रैल aprel apr|मई may|"
        "जून iyun iyn|जुलाई जुल iyul iyl|अगस्त अग avqust avq सितम्बर|सितंबर सित sentyabr sen|"
        "अक्टूबर अक्टू oktyabr okt नवम्बर|नवंबर नव noyabr noy दिसम्बर|दिसंबर दिस dekabr dek"
    ),
    "bn": (
        "জানুয়ারী জানু yanvar জানুয়ারি|ফেব্রুয়ারী ফেব fevral ফেব্রুয়ারি|মার্চ mart|"
        "এপ্রিল এপ্রি aprel|মে may|জুন iyun|জুলাই জুল iyul|আগস্ট আগ avqust|সেপ্টেম্বর সেপ sentyabr|"
        "অক্টোবর অক্টো oktyabr|নভেম্বর নভে noyabr|ডিসেম্বর ডিসে dekabr"
    ),
    "ta": (
        "ஜனவரி ஜன yanvar yan|பிப்ரவரி பிப் fevral fev|மார்ச் மார் mart mar|ஏப்ரல் ஏப் aprel apr|மே may|"
        "ஜூன் iyun iyn|ஜூலை iyul iyl|ஆகஸ்ட் ஆக avqust avq|செப்டம்பர் செப் sentyabr sen|"
        "அக்டோபர் அக் oktyabr okt|நவம்பர் நவ noyabr noy|டிசம்பர் டிச dekabr dek"
    ),
    "te": (
        "జనవరి జన yanvar yan|ఫిబ్రవరి ఫిబ్ర fevral fev|మార్చి mart mar|ఏప్రిల్ ఏప్రి aprel apr|మే may|"
        "జూన్ iyun iyn|జులై iyul iyl|ఆగస్టు ఆగ avqust avq|సెప్టెంబర్ సెప్టెం sentyabr sen|"
        "అక్టోబర్ అక్టో oktyabr okt|నవంబర్ నవం noyabr noy|డిసెంబర్ డిసెం dekabr dek"
    ),
    "ka": (
        "იანვარი იან yanvar yan|თებერვალი თებ fevral fev|მარტი მარ mart mar|აპრილი აპრ aprel apr|"
        "მაისი მაი may|ივნისი ივნ iyun iyn|ივლისი ივლ iyul iyl|აგვისტო აგვ avqust avq|"
        "სექტემბერი სექ sentyabr sen|ოქტომბერი ოქტ oktyabr okt|ნოემბერი ნოე noyabr noy|"
        "დეკემბერი დეკ dekabr dek"
    ),
    "hy": (
        "հունվարի հնվ հունվար yan|փետրվարի փտվ փետրվար fev|մարտի մրտ մարտ mar|ապրիլի ապր ապրիլ apr|"
        "մայիսի մյս մայիս may|հունիսի հնս հունիս iyn|հուլիսի հլս հուլիս iyl|օգոստոսի օգս օգոստոս avq|"
        "սեպտեմբերի սեպ սեպտեմբեր sen|հոկտեմբերի հոկ հոկտեմբեր okt|նոյեմբերի նոյ նոյեմբեր noy|"
        "դեկտեմբերի դեկ դեկտեմբեր dek"
    ),
    "hr": (
        "siječnja siječanj|veljače veljača|ožujka ožujak|travnja travanj|svibnja svibanj|lipnja lipanj|"
        "srpnja srpanj|kolovoza kolovoz|rujna rujan||studenoga studenog studeni|prosinca prosinac"
    ),
    "th": (
        "มกราคม ม.ค มค|กุมภาพันธ์ ก.พ กพ|มีนาคม มี.ค มีค|เมษายน เม.ย เมย|พฤษภาคม พ.ค พค|มิถุนายน มิ.ย มิย|"
        "กรกฎาคม ก.ค กค|สิงหาคม ส.ค สค|กันยายน ก.ย กย|ตุลาคม ต.ค ตค|พฤศจิกายน พ.ย พย|ธันวาคม ธ.ค ธค"
    ),
}

# Levantine Arabic names its months with two words where others have one.
_TWO_WORDS: Final[dict[str, int]] = {
    "كانون الثاني": 1, "شباط": 2, "آذار": 3, "نيسان": 4, "أيار": 5, "حزيران": 6, "تموز": 7, "آب": 8, "أيلول": 9,
    "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12, "meán fómhair": 9, "deireadh fómhair": 10,
}  # fmt: skip

# Words that are another month in another language: (language, folded word) first.
_LOCAL: Final[dict[tuple[str, str], int]] = {("hr", "listopada"): 10, ("hr", "listopad"): 10}

_SOLAR_HIJRI: Final = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_LUNAR_HIJRI: Final = (
    "محرم|صفر|ربيع الأول,ربيع اول|ربيع الثاني,ربيع الآخر|جمادى الأولى,جمادى الاول|جمادى الآخرة,جمادى الثانية"
    "|رجب|شعبان|رمضان|شوال|ذو القعدة,ذي القعدة|ذو الحجة,ذي الحجة"
)

# Months whose short form is also a common word or syllable: not believed without a year beside them.
SHORT_AND_COMMON: Final = _words("""
    mar may ago gen mag set sep out dec mai mac oca tem ara eki nis mart mars lis pro lip ian dis ene api med jan
    no noi tra svi bal lis kov vas geg spal urt ots eka ira aza abe abu ekim dez des ott
""")


def _gregorian() -> dict[str, int]:
    months = {
        fold_word(form): number
        for fields in _GREGORIAN.values()
        for number, forms in enumerate(fields.split("|"), 1)
        for form in forms.split()
    }
    return months | {fold_word(words): number for words, number in _TWO_WORDS.items()}


GREGORIAN: Final[dict[str, int]] = _gregorian()
SOLAR_HIJRI: Final[dict[str, int]] = {fold_word(word): n for n, word in enumerate(_SOLAR_HIJRI.split(), 1)}
LUNAR_HIJRI: Final[dict[str, int]] = {
    fold_word(word): n for n, words in enumerate(_LUNAR_HIJRI.split("|"), 1) for word in words.split(",")
}


def month_number(word: str, language: str | None = None) -> int | None:
    """The Gregorian month that a word names, 1 to 12, whatever its language.

    Args:
        word: one word, or two for the month names that have two; a full stop at its end is no matter.
        language: of the page, for the few words that are different months in different languages.
    """
    folded = fold_word(word.rstrip("."))
    if language and (local := _LOCAL.get((language, folded))):
        return local
    # Hebrew writes "in May" as one word.
    return GREGORIAN.get(folded) or (GREGORIAN.get(folded[1:]) if folded[:1] == "ב" else None)
