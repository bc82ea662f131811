"""The words around a time: labels that say what it is the time of, day halves, joining words, zones, "ago"."""

from __future__ import annotations

import re
from typing import Final

_EAST: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f©]")


def _any(words: str) -> str:
    """An alternation of `|`-separated words, longest first; those of scripts with spaces must be whole words."""
    inner: list[str] = []
    spaced: list[str] = []
    for word in sorted(set(words.split("|")), key=len, reverse=True):
        (inner if _EAST.match(word) else spaced).append(re.escape(word).replace(r"\ ", r"\s"))
    return rf"{'|'.join(inner)}|(?<![^\W\d_])(?:{'|'.join(spaced)})(?![^\W\d_])"


_PUBLISHED: Final = (
    "发布时间|发布日期|发布于|发表时间|发表日期|发表于|发稿时间|发稿日期|发文时间|发文日期|刊发时间|刊登时间"
    "|出版日期|上传时间|上线时间"
    "|添加时间|添加日期|录入时间|创建时间|公布时间|公布日期|推送时间|成文日期|签发时间|稿件时间|文章时间|新闻时间"
    "|投稿时间|时间|日期|发布|发表|发佈"
    "|發布時間|發佈時間|發布日期|發佈日期|發布於|發佈於|發表時間|發表日期|發表於|刊登時間|刊登日期|建立時間"
    "|建立日期|上架日期|上稿時間|張貼日期"
    "|公告日期|時間|日期|發布|發佈|發表|更新发布|首次发布|首发"
    "|掲載日|公開日|公開日時|公開|投稿日|配信日|配信|発表日|登録日|作成日|発行日|入力|등록|등록일|입력|기사입력"
    "|작성일|작성|게재|게시일|승인|기사승인|송고|발행일"
    "|published|published on|published at|published date|publish date|publication date|date published"
    "|first published|originally published"
    "|posted|posted on|posted at|posted by|date posted|post date|date|dated|issued|issued on|issue date"
    "|created|created on"
    "|created at|submitted|submitted on|written on|uploaded|added|added on|pubdate|pub date|publ"
    "|veröffentlicht|veröffentlicht am|veröffentlichung|erstellt|erstellt am|geschrieben am|erschienen"
    "|erschienen am|publiziert|publiziert am|stand"
    "|datum|eingestellt am|online seit|verfasst am|gepostet am|vom"
    "|publié|publié le|publiée le|publication|mis en ligne le|mis en ligne|paru le|posté le|écrit le|rédigé le"
    "|créé le|date de publication"
    "|pubblicato|pubblicato il|pubblicata il|pubblicazione|data di pubblicazione|postato il|scritto il|inserito il"
    "|creato il|data"
    "|publicado|publicado el|publicado em|publicada em|publicada el|fecha|fecha de publicación|fecha publicación"
    "|creado|creado el|escrito el"
    "|data de publicação|postado em|criado em|divulgado em|publicação|publicat|publicat el|data publicării|postat"
    "|yayınlanma|yayınlanma tarihi|yayınlama tarihi|yayın tarihi|yayımlanma|yayımlanma tarihi|yayınlandı|eklenme"
    "|eklenme tarihi|eklenme zamanı|oluşturulma"
    "|oluşturulma tarihi|giriş tarihi|giriş|haber tarihi|tarih"
    "|geplaatst|geplaatst op|gepubliceerd|gepubliceerd op|publicatiedatum|opublikowano|data publikacji|opublikowany"
    "|dodano|data dodania|utworzono|publikacja"
    "|опубликовано|дата публикации|опубликована|размещено|добавлено|создано|дата|опубліковано|дата публікації"
    "|публикувано|публикация"
    "|publikováno|vydáno|zveřejněno|zverejnené|publikované|pridané|vloženo|megjelent|közzétéve|létrehozva"
    "|objavljeno|objavljen|datum objave"
    "|publicerad|publicerat|publiserad|publiceret|publisert|udgivet|offentliggjort|oprettet|opprettet|skapad"
    "|julkaistu|julkaisupäivä|luotu|birt|publicēts|paskelbta|avaldatud"
    "|δημοσιεύθηκε|δημοσίευση|δημοσιεύτηκε|ημερομηνία|đăng ngày|ngày đăng|đăng lúc|xuất bản|ngày xuất bản"
    "|cập nhật lúc đăng|ngày"
    "|diterbitkan|diterbitkan pada|dipublikasikan|tayang|terbit|tanggal|diposting|diposkan|diunggah"
    "|diterbitkan pada tanggal|tarikh|dibuat"
    "|نشر|نُشر|نشر في|تاريخ النشر|تم النشر|النشر|تاریخ انتشار|تاریخ|انتشار|منتشر شده|زمان انتشار|شائع|تاریخ اشاعت"
    "|פורסם|תאריך פרסום"
    "|เผยแพร่|เผยแพร่เมื่อ|วันที่|โพสต์เมื่อ|ลงวันที่|प्रकाशित|प्रकाशन तिथि|प्रकाशित तिथि|প্রকাশ|প্রকাশিত"
    "|প্রকাশের সময়|প্রকাশকাল|imechapishwa"
)
_MODIFIED: Final = (
    "更新时间|更新日期|更新于|最后更新|最近更新|最后修改|最新更新|修改时间|修改日期|编辑于|最后编辑|最新推荐文章于"
    "|更新|更新時間|更新日|更新日時|更新於|最後更新|最後更新時間"
    "|最後修改|修改時間|修改日期|最終更新|最終更新日|改訂|수정|수정일|최종수정|기사수정|업데이트|최종 업데이트"
    "|updated|updated on|updated at|last updated|last updated on|last update|last modified|last modified on"
    "|last edited|modified|modified on|date modified"
    "|edited|edited on|revised|last revised|last reviewed|reviewed|update|upd|date updated|last changed|corrected"
    "|lastmod"
    "|aktualisiert|aktualisiert am|aktualisierung|zuletzt aktualisiert|zuletzt aktualisiert am"
    "|letzte aktualisierung|letzte änderung|geändert|geändert am|zuletzt geändert"
    "|zuletzt bearbeitet|bearbeitet|überarbeitet|ergänzt am|aktualisiert um"
    "|mis à jour|mis à jour le|mise à jour|mise à jour le|modifié|modifié le|dernière mise à jour|actualisé"
    "|actualisé le|maj|màj"
    "|aggiornato|aggiornato il|ultimo aggiornamento|aggiornamento|modifica|modifica il|modificato|modificato il"
    "|ultima modifica"
    "|actualizado|actualizado el|actualización|última actualización|modificado|atualizado|atualizado em"
    "|atualizada em|última atualização|atualização|modificado em|actualitzat|actualizat|actualizată"
    "|güncelleme|güncellendi|güncellenme|güncelleme tarihi|güncellenme tarihi|son güncelleme|güncel|bijgewerkt"
    "|laatst bijgewerkt|gewijzigd|laatst gewijzigd|bijgewerkt op"
    "|aktualizacja|zaktualizowano|ostatnia aktualizacja|aktualizováno|aktualizované|upraveno|poslední úprava"
    "|frissítve|frissült|módosítva|ažurirano|posodobljeno"
    "|обновлено|обновление|изменено|дата обновления|последнее обновление|оновлено|обновена|актуализирано"
    "|uppdaterad|uppdaterat|senast uppdaterad|ändrad|opdateret|sidst opdateret|oppdatert|sist oppdatert|endret"
    "|päivitetty|muokattu|uppfært|atnaujinta|atjaunots|uuendatud"
    "|ενημερώθηκε|τελευταία ενημέρωση|ενημέρωση|cập nhật|cập nhật lúc|cập nhật ngày|sửa|diperbarui|diperbaharui"
    "|pembaruan|kemas kini|dikemas kini|terakhir diperbarui|diubah"
    "|تحديث|آخر تحديث|تم التحديث|محدث|به روزرسانی|بروزرسانی|آخرین بروزرسانی|آخرین به روزرسانی|עודכן|עדכון אחרון"
    "|อัปเดต|อัพเดต|แก้ไข|ปรับปรุง|अपडेटेड|अपडेट|अद्यतन|আপডেট|হালনাগাদ"
)
# Times of something else than the article: of an event, of now, of a deadline, of a reader's comment.
_OTHER: Final = (
    "今天是|现在时间|当前时间|今日日期|截止|截至|截止日期|截止时间|有效期|有效期至|会议时间|比赛时间|开庭时间"
    "|开标时间|投标时间|面试时间|播出时间|上映时间|营业时间|开放时间|阅读时间|开始时间|结束时间|到期时间|成立时间"
    "|注册日期|出生日期|活动时间|报名时间|举办时间|展会时间|展览时间|考试时间|开奖时间|注册时间"
    "|出生|生于|成立于|有效日期|报告期|会期|活動時間|活動日期|截止日期|開催日|開催日時|開催期間|締切|발생일|생년월일"
    "|today|today is|deadline|event date|when|starts|ends|start date|end date|expires|valid until|until|due date"
    "|born|died|since|joined|registered|member since"
    "|copyright|©|retrieved|accessed|abgerufen|heute|heute ist|termin|veranstaltung|beginn|ende|gültig bis"
    "|anmeldeschluss|aujourd’hui|aujourd'hui|hoy|oggi|hoje|bugün|dziś|сегодня"
    "|save the date|geboren|né le|nato il|nacido el|hôm nay|hari ini|اليوم|امروز|วันนี้"
)

LABEL: Final = re.compile(
    rf"(?P<other>{_any(_OTHER)})|(?P<modified>{_any(_MODIFIED)})|(?P<published>{_any(_PUBLISHED)})",
    re.IGNORECASE,
)
"""A label anywhere in a string: the group's name says what follows is the time of."""

AFTER: Final = re.compile(
    r"\s{0,2}[(（\[]?\s?(?:(?P<modified>更新|修改|編集|最終更新|güncellendi|aktualisiert|updated|mis à jour|수정"
    r"|обновлено)"
    r"|(?P<published>发布|发表|發布|發佈|發表|公開|掲載|配信|発表|投稿|등록|입력|승인|yayınlandı|eklendi|published"
    r"|posted|опубликовано))"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
"""A label behind its time. The words of other scripts stand alone there, so that 发布会 (a conference) is none."""

DAY_HALVES: Final[dict[str, str]] = {
    "am": "am", "a.m": "am", "a.m.": "am", "pm": "pm", "p.m": "pm", "p.m.": "pm",
    "上午": "am", "凌晨": "am", "早上": "am", "清晨": "am", "早晨": "am", "午前": "am", "오전": "am", "sa": "am",
    "sáng": "am", "öö": "am",
    "下午": "pm", "晚上": "pm", "傍晚": "pm", "中午": "noon", "午後": "pm", "오후": "pm", "晚": "pm", "ch": "pm",
    "chiều": "pm", "tối": "pm",
    "ص": "am", "م": "pm", "صباحا": "am", "مساء": "pm", "ب.ظ": "pm", "ق.ظ": "am", "πμ": "am", "μμ": "pm", "π.μ.": "am",
    "μ.μ.": "pm",
    "ÖÖ": "am", "ÖS": "pm",
}  # fmt: skip

ZONES: Final[dict[str, int]] = {
    "Z": 0, "GMT": 0, "UTC": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "CEST": 120, "MEZ": 60, "MESZ": 120,
    "EET": 120, "EEST": 180,
    "MSK": 180, "МСК": 180, "TRT": 180, "SAST": 120, "CAT": 120, "EAT": 180, "WAT": 60, "GST": 240, "PKT": 300,
    "IST": 330, "NPT": 345,
    "ICT": 420, "WIB": 420, "WITA": 480, "WIT": 540, "MYT": 480, "SGT": 480, "HKT": 480, "PHT": 480, "PST": -480,
    "PDT": -420, "MST": -420,
    "MDT": -360, "CST": -360, "CDT": -300, "EST": -300, "EDT": -240, "AST": -240, "ADT": -180, "BRT": -180,
    "ART": -180, "JST": 540, "KST": 540,
    "AWST": 480, "ACST": 570, "ACDT": 630, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "UHR MEZ": 60,
    "格林尼治标准时间": 0, "格林尼治時間": 0, "格林威治标准时间": 0, "格林威治時間": 0, "世界标准时间": 0,
    "北京时间": 480, "北京時間": 480,
    "台北時間": 480, "香港時間": 480, "日本時間": 540, "東京時間": 540, "한국시간": 540,
}  # fmt: skip
"""Minutes east of UTC by the letters or words that name a zone."""

US_ZONES: Final[dict[str, int]] = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
"""The standard time of the zones whose letters hold the whole year round."""

JOINERS: Final = (
    r"t|at|um|à|a|às|as|a\slas|alle|alle\sore|ore|kl|klo|в|о|у|u|om|o|lúc|pukul|jam|saat|saat:|ob|ora|ore|la|ás"
    r"|στις|الساعة|ساعت|เวลา|"
    r"(?:星期|周|週|礼拜)[一二三四五六日天]|[日月火水木金土]曜日?|[일월화수목금토]요일"
    r"|[日月火水木金土一二三四五六日월화수목금토]|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
)
"""Words that may stand between a date and its time of day."""

UNITS: Final[dict[str, str]] = {
    word: unit
    for unit, words in {
        "second": ("秒|秒钟|秒鐘|second|seconds|sec|secs|sekunde|sekunden|seconde|secondes|초|saniye"),
        "minute": (
            "分|分钟|分鐘|分間|minute|minutes|min|mins|minuten|minuti|minuto|minutos|minut|minuty|dakika|минут|"
            "минуты|минуту|хвилин|phút|menit|minuut|minuter|minutter|minuuttia|분|دقيقة|دقائق|دقیقه|นาที|मिनट|"
            "মিনিট|perc|perce|λεπτά|דקות|dk"
        ),
        "hour": (
            "小时|小時|个小时|個小時|时间|時間|hour|hours|hr|hrs|h|stunde|stunden|std|heure|heures|ora|ore|hora|"
            "horas|saat|godzinę|godzin|godziny|godz|час|часа|часов|годин|години|giờ|jam|uur|uren|timme|timmar|"
            "time|timer|tunti|tuntia|시간|ساعة|ساعات|ساعت|ชั่วโมง|घंटे|ঘণ্টা|hodin|hodinami|hodinou|órája|óra|"
            "ώρες|ώρα|שעות|sata"
        ),
        "day": (
            "天|日|day|days|tag|tage|tagen|jour|jours|giorno|giorni|día|días|dia|dias|gün|dzień|dni|день|дня|"
            "дней|ngày|hari|dag|dagen|dagar|dage|dager|päivää|päivä|일|يوم|أيام|روز|วัน|दिन|দিন|dny|dnem|napja|"
            "nap|μέρες|ημέρες|ימים|dana"
        ),
        "week": (
            "周|週|週間|星期|个星期|個星期|week|weeks|woche|wochen|semaine|semaines|settimana|settimane|semana|"
            "semanas|hafta|tydzień|tygodnie|tygodni|неделю|недели|недель|tuần|minggu|weken|vecka|veckor|uge|uger|"
            "uke|uker|viikko|viikkoa|주|주일|أسبوع|أسابيع|هفته|สัปดาห์|सप्ताह|সপ্তাহ|týdny|týdnem|hete"
        ),
        "month": (
            "月|个月|個月|ヶ月|か月|カ月|month|months|monat|monate|monaten|mois|mese|mesi|mes|meses|mês|ay|"
            "miesiąc|miesiące|miesięcy|месяц|месяца|месяцев|tháng|bulan|maand|maanden|månad|månader|måned|"
            "måneder|kuukausi|kuukautta|개월|달|شهر|أشهر|ماه|เดือน|महीने|মাস|měsíci|měsícem|hónapja"
        ),
    }.items()
    for word in words.split("|")
}

AGO_AFTER: Final = (
    "前|以前|之前|ago|fa|önce|evvel|temu|wstecz|назад|тому|trước|lalu|yang\\slalu"
    "|geleden|sedan|siden|sitten|전|پیش|قبل|ที่แล้ว|ที่ผ่านมา|पहले|আগে|órája|atrás"
)
AGO_BEFORE: Final = "il\\sy\\sa|vor|hace|há|ha|منذ|قبل|för|for|před|pred|prije|πριν(?:\\sαπό)?|acum|fa|לפני"

DAYS_AGO: Final[dict[str, int]] = {
    "今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "today": 0, "yesterday": 1, "heute": 0, "gestern": 1,
    "vorgestern": 2, "aujourd'hui": 0,
    "aujourd’hui": 0, "hier": 1, "oggi": 0, "ieri": 1, "hoy": 0, "ayer": 1, "hoje": 0, "ontem": 1, "bugün": 0,
    "dün": 1, "вчера": 1, "сегодня": 0,
    "dzisiaj": 0, "dziś": 0, "wczoraj": 1, "hôm nay": 0, "hôm qua": 1, "hari ini": 0, "kemarin": 1, "어제": 1,
    "오늘": 0, "vandaag": 0, "gisteren": 1,
    "igår": 1, "i går": 1, "idag": 0, "i dag": 0, "أمس": 1, "اليوم": 0, "دیروز": 1, "امروز": 0, "เมื่อวาน": 1,
    "วันนี้": 0, "dnes": 0, "včera": 1, "昨晚": 1,
}  # fmt: skip
JUST_NOW: Final = "刚刚|剛剛|just\\snow|gerade\\seben|à\\sl'instant|az\\sönce|たった今|방금"
