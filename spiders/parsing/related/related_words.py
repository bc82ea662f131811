"""The words that head lists of links and stand in them, in many languages: data for `related_lines`.

Phrases are parted by semicolons and are compared by `related_lines.key_of`: case, width, punctuation and spaces within
Chinese, Japanese and Korean do not matter.
"""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["related", "close", "site", "other"]
"""What a heading introduces: the article's own list; its own list only if it stands close to the article; a list of the
site; something that is no list of articles."""

RELATED: Final = {
    "en": """
        related; related articles; related article; related news; related posts; related post; related stories;
        related story; related reading; related reads; related coverage; related content; related blogs;
        related blog posts; related reports; related headlines; related features; related updates;
        related press releases; related items; more related posts; more related articles; more related news;
        similar articles; similar news; similar stories; similar posts; see also; also read; read also; also see;
        also on this topic; more on this story; more on this topic; more on this subject; more on this;
        further reading; articles on this topic; on the same topic; on this topic; other interesting articles;
        background reading; check also; previous coverage; earlier stories; earlier coverage; in this story;
        good articles to read together""",
    "de": """
        verwandte artikel; verwandte beiträge; verwandte nachrichten; verwandte themen; verwandte meldungen;
        verwandte inhalte; ähnliche artikel; ähnliche beiträge; ähnliche nachrichten;
        ähnliche meldungen; mehr zum thema; mehr zu diesem thema; mehr dazu; zum thema; lesen sie auch;
        lesen sie dazu auch; auch interessant; lest auch; lies auch; das könnte dazu passen; passend zum artikel;
        passend zum thema; passend dazu; dazu passend; weitere artikel zum thema; weitere beiträge zum thema;
        weitere nachrichten zum thema; weitere informationen zum thema; weiterführende artikel; artikel zum thema;
        beiträge zum thema; finden sie hier weitere interessante inhalte; weitere interessante artikel;
        siehe auch; lesen sie mehr zum thema; lesen sie hierzu auch; lesen sie mehr zu diesem thema;
        zusammenhängende artikel; bisher erschienen""",
    "fr": """
        à lire aussi; a lire aussi; lire aussi; à lire également; lire également; à voir aussi; voir aussi;
        sur le même thème; sur le même sujet; sur ce sujet; sur ce thème; dans le même thème; articles liés;
        articles similaires; articles connexes; article lié; articles associés; articles en relation;
        articles relatifs; contenus associés; contenus similaires; pour aller plus loin; pour en savoir plus;
        à relire; lire plus sur le sujet; actualités liées; actualités associées; nos articles sur le sujet;
        autres articles sur ce sujet""",
    "es": """
        artículos relacionados; artículo relacionado; noticias relacionadas; noticia relacionada;
        notas relacionadas; nota relacionada; contenido relacionado; contenidos relacionados; relacionado;
        relacionados; relacionadas; entradas relacionadas; publicaciones relacionadas; información relacionada;
        temas relacionados con esta noticia; lea también; lee también; leer también; lea además; lee además;
        lea aquí; ver también; vea también; ve también; mira también; más sobre este tema; sobre este tema;
        sobre el mismo tema; en este tema; más sobre este asunto; artículos similares; noticias similares;
        además lee; lee aquí""",
    "pt": """
        leia também; leia ainda; leia mais sobre o assunto; veja também; veja mais sobre o assunto;
        artigos relacionados; artigo relacionado; notícias relacionadas; notícia relacionada;
        matérias relacionadas; conteúdo relacionado; conteúdos relacionados; relacionados; posts relacionados;
        sobre este assunto; mais sobre o assunto; mais sobre este tema; saiba mais sobre o assunto;
        artigos semelhantes; ver também; ler também; leia a seguir""",
    "it": """
        leggi anche; articoli correlati; articolo correlato; notizie correlate; notizia correlata; correlati;
        contenuti correlati; post correlati; articoli collegati; notizie collegate; sullo stesso argomento;
        sullo stesso tema; vedi anche; guarda anche; articoli simili; per approfondire; approfondimenti;
        approfondisci; sul tema; leggi pure""",
    "ca": "articles relacionats; notícies relacionades; llegeix també; relacionat",
    "nl": """
        lees ook; gerelateerde artikelen; gerelateerd; gerelateerde berichten; gerelateerd nieuws;
        meer over dit onderwerp; zie ook; vergelijkbare artikelen; verwante artikelen;
        lees verder over dit onderwerp; lees meer over dit onderwerp; bekijk ook""",
    "sv": """
        läs också; läs även; läs mer om ämnet; relaterade artiklar; relaterat; relaterade nyheter;
        liknande artiklar; se även; mer om ämnet""",
    "da": """
        læs også; relaterede artikler; relaterede nyheder; relateret; relateret indhold; mere om emnet; se også;
        lignende artikler""",
    "no": """
        les også; relaterte artikler; relaterte saker; relatert; relaterte nyheter; mer om saken;
        les mer om saken; se også; lignende saker""",
    "fi": """
        lue myös; lisää aiheesta; aiheesta lisää; katso myös; aiheeseen liittyvää; liittyvät artikkelit;
        samasta aiheesta""",
    "is": "tengdar fréttir; tengt efni; lesa einnig; sjá einnig",
    "pl": """
        zobacz też; zobacz także; zobacz również; czytaj też; czytaj także; czytaj również; przeczytaj też;
        przeczytaj także; przeczytaj również; powiązane artykuły; powiązane; powiązane wpisy; powiązane tematy;
        podobne artykuły; podobne wpisy; na ten temat; więcej na ten temat; artykuły powiązane;
        zobacz więcej na ten temat""",
    "cs": """
        související články; související; související zprávy; související témata článku; čtěte také; čtěte i;
        přečtěte si také; přečtěte si i; podobné články; k tématu; více k tématu; čtěte dále k tématu""",
    "sk": """
        súvisiace články; súvisiace; čítajte aj; čítajte tiež; prečítajte si aj; prečítajte si tiež;
        podobné články; k téme""",
    "hu": """
        kapcsolódó cikkek; kapcsolódó; kapcsolódó hírek; kapcsolódó cikkeink; kapcsolódó tartalom;
        olvassa el ezt is; olvasd el ezt is; a témában""",
    "ro": """
        citește și; citeste si; articole similare; articole asemănătoare; articole pe aceeași temă;
        știri pe aceeași temă; vezi și; articole conexe; articole înrudite; știri similare; pe aceeași temă""",
    "bg": """
        свързани статии; свързани новини; още по темата; по темата; вижте също; прочетете също; прочетете още;
        подобни статии; подобни новини""",
    "hr": """
        povezane vijesti; povezani članci; povezano; pročitajte i; pročitajte još; pročitaj još;
        pročitajte također; vezane vijesti; vezani članci; slični članci; na ovu temu; više o temi""",
    "sr": "повезане вести; прочитајте и; повезани чланци; povezane vesti; povezani tekstovi; slične vesti",
    "sl": "preberite tudi; povezani članki; sorodni članki; sorodne novice; več o temi",
    "el": """
        διαβάστε επίσης; διαβάστε ακόμα; διαβάστε ακόμη; σχετικά άρθρα; σχετικά θέματα; σχετικές ειδήσεις;
        σχετικά; δείτε επίσης; δείτε ακόμα; σχετικά νέα; παρόμοια άρθρα""",
    "lt": """
        skaitykite taip pat; skaitykite daugiau šia tema; susiję straipsniai; susijusios naujienos;
        taip pat skaitykite; panašūs straipsniai""",
    "lv": "lasi arī; lasiet arī; saistītie raksti; saistītās ziņas; līdzīgi raksti",
    "et": "loe ka; seotud lood; seotud artiklid; seotud uudised; loe lisaks",
    "ru": """
        читайте также; читать также; смотрите также; см также; по теме; материалы по теме; новости по теме;
        статьи по теме; ещё по теме; еще по теме; другие новости по теме; другие материалы по теме;
        похожие новости; похожие материалы; похожие статьи; похожие записи; похожие публикации; связанные новости;
        связанные материалы; связанные статьи; сюжет по теме; читать по теме; ранее по теме; больше по теме""",
    "uk": """
        читайте також; читати також; дивіться також; за темою; матеріали за темою; новини за темою;
        статті за темою; схожі новини; схожі матеріали; схожі статті; пов'язані новини; пов'язані статті;
        пов'язані матеріали; більше за темою; по темі""",
    "tr": """
        ilgili haberler; ilgili haber; ilgili içerikler; ilgili yazılar; ilgili makaleler; ilgili konular;
        benzer haberler; benzer yazılar; benzer içerikler; benzer makaleler; bu haberler de ilginizi çekebilir;
        haberle ilgili; konuyla ilgili haberler; konuyla ilgili; konu ile ilgili haberler; ayrıca okuyun;
        bunu da okuyun; bunları da okuyun; ayrıca bakınız; bakınız; bu haberi de okuyun""",
    "az": "oxşar xəbərlər; əlaqəli xəbərlər; həmçinin oxuyun; mövzu ilə əlaqəli",
    "ja": """
        関連記事; 関連ニュース; 関連する記事; 関連するニュース; この記事に関連する記事;
        この記事に関連するニュース; この記事の関連ニュース; この記事の関連記事; 関連コラム; 関連トピックス;
        関連リリース; 関連情報記事; あわせて読みたい; あわせてよみたい; 併せて読みたい; 合わせて読みたい;
        あわせて読みたい記事; こちらもおすすめ; こちらもおすすめ自動検索; こちらもお読みください;
        この記事もおすすめ; こちらの記事もおすすめ; こちらの記事もどうぞ; 類似記事; 過去記事; 前回の記事""",
    "ko": """
        관련기사; 관련 기사; 관련뉴스; 관련 뉴스; 관련글; 관련 글; 관련 콘텐츠; 관련 보도; 관련 소식; 연관기사;
        연관 기사; 연관뉴스; 이 기사와 관련된 기사; 이 기사의 관련기사; 함께 보면 좋은 기사;
        함께 읽으면 좋은 기사; 같이 보면 좋은 기사; 함께 보면 좋은 글; 관련된 기사; 관련 포스트""",
    "vi": """
        tin liên quan; bài liên quan; bài viết liên quan; tin bài liên quan; các tin liên quan; tin tức liên quan;
        xem thêm; đọc thêm; xem thêm tin liên quan; tin cùng chủ đề; bài cùng chủ đề; bài viết cùng chủ đề;
        nội dung liên quan; chủ đề liên quan""",
    "th": """
        ข่าวที่เกี่ยวข้อง; ข่าวเกี่ยวข้อง; บทความที่เกี่ยวข้อง; เรื่องที่เกี่ยวข้อง; เนื้อหาที่เกี่ยวข้อง;
        อ่านข่าวที่เกี่ยวข้อง; อ่านเพิ่มเติม; อ่านข่าวเพิ่มเติม; อ่านประกอบ""",
    "id": """
        berita terkait; artikel terkait; baca juga; lihat juga; simak juga; tonton juga; berita serupa;
        artikel serupa; terkait; konten terkait; berita berkaitan; artikel berkaitan; berita berkait;
        beritaterkait""",
    "ms": "berita berkaitan; artikel berkaitan; baca lagi berkaitan; artikel lain berkaitan",
    "fil": "basahin din; kaugnay na balita; mga kaugnay na balita",
    "sw": "habari zinazohusiana; soma pia; habari zinazofanana",
    "ar": """
        مقالات ذات صلة; أخبار ذات صلة; مواضيع ذات صلة; موضوعات ذات صلة; ذات صلة; مقالات متعلقة; أخبار متعلقة;
        مواضيع متعلقة; اقرأ أيضا; اقرأ أيضاً; إقرأ أيضا; اقرأ المزيد عن الموضوع; شاهد أيضا; أخبار مرتبطة;
        مواضيع مرتبطة; مقالات مشابهة; مواضيع مشابهة; المزيد حول هذه القصة; محتوى ذو صلة; قصص ذات صلة""",
    "fa": """
        اخبار مرتبط; مطالب مرتبط; خبرهای مرتبط; خبر مرتبط; بیشتر بخوانید; مطالب مشابه; اخبار مشابه; مرتبط;
        همچنین بخوانید""",
    "ur": "متعلقہ خبریں; یہ بھی پڑھیں; متعلقہ مضامین; مزید پڑھیں",
    "he": "כתבות קשורות; כתבות נוספות בנושא; עוד בנושא; קראו גם; קרא גם; ידיעות קשורות",
    "hi": """
        संबंधित खबरें; संबंधित ख़बरें; संबंधित समाचार; सम्बंधित खबरें; यह भी पढ़ें; ये भी पढ़ें; इसे भी पढ़ें;
        ये भी पढ़िए; रिलेटेड न्यूज""",
    "bn": """
        সম্পর্কিত খবর; সংশ্লিষ্ট খবর; আরও পড়ুন; আরো পড়ুন; এ সম্পর্কিত খবর; এ বিষয়ে আরও খবর; প্রাসঙ্গিক খবর""",
    "ta": "தொடர்புடைய செய்திகள்; தொடர்புடைய செய்தி; மேலும் படிக்க",
}
"""Headings of the article's own list: believed wherever they stand."""

CLOSE: Final = {
    "en": """
        you might also like; you may also like; you might also enjoy; you may also enjoy; you might like;
        you may also be interested in; you might also be interested in; you may be interested in;
        you might be interested in; other articles you may find interesting; if you liked this; related links;
        related pages; related resources; related insights; related publications; related information;
        more like this; explore more related content; if you liked this post you might also like;
        recommended reading; related video""",
    "de": """
        das könnte sie auch interessieren; das könnte dich auch interessieren; könnte sie auch interessieren;
        das könnte ihnen auch gefallen; das könnte dir auch gefallen;
        auch diese artikel könnten sie interessieren; diese artikel könnten sie auch interessieren;
        das könnte sie interessieren; das könnte dich interessieren; interessiert sie vielleicht auch;
        weiterführende links; weiterführende informationen; weiterlesen""",
    "fr": """
        vous aimerez aussi; vous pourriez aussi aimer; vous pourriez être intéressé par;
        ces articles peuvent vous intéresser; cela peut vous intéresser; ceci pourrait vous intéresser;
        ces articles devraient vous plaire; à découvrir aussi; vous aimerez peut être; ça peut vous intéresser""",
    "es": """
        te puede interesar; también te puede interesar; te puede interesar también; te podría interesar;
        también te podría interesar; le puede interesar; también le puede interesar; le podría interesar;
        puede interesarte; también puede interesarte; podría interesarte; quizás te interese; quizá te interese;
        te interesa; te interesará; tal vez te interese; más información; enlaces relacionados; podría gustarte;
        también te puede gustar""",
    "pt": """
        você também pode gostar; você pode gostar; pode te interessar; também lhe pode interessar;
        pode interessar; você pode se interessar; talvez você se interesse; links relacionados""",
    "it": """
        ti potrebbe interessare; ti potrebbe interessare anche; ti potrebbero interessare; potrebbe interessarti;
        potrebbe interessarti anche; potrebbero interessarti; potrebbero interessarti anche; ti può interessare;
        forse ti può interessare anche; ti potrebbe anche interessare""",
    "ca": "també et pot interessar; et pot interessar",
    "nl": """
        misschien vind je dit ook interessant; dit vind je misschien ook interessant; ook interessant;
        dit vindt u misschien ook interessant""",
    "sv": "du kanske också gillar; du kanske också är intresserad av",
    "da": "måske er du også interesseret i; du vil måske også synes om",
    "pl": """
        to również cię zainteresuje; może cię zainteresować; to może cię zainteresować; mogą cię zainteresować;
        może cię również zainteresować; to cię zainteresuje""",
    "cs": "mohlo by vás zajímat; mohlo by vás také zajímat; také by vás mohlo zajímat",
    "sk": "mohlo by vás zaujímať; mohlo by vás tiež zaujímať",
    "hu": "ez is érdekelheti; ez is érdekelhet; ez is érdekelheti önt",
    "ro": """
        te ar putea interesa; te ar putea interesa și; ți ar putea plăcea și; s ar putea să ți placă și;
        v ar putea interesa""",
    "hr": "možda će vas zanimati; moglo bi vas zanimati",
    "el": "μπορεί να σας ενδιαφέρει; ίσως σας ενδιαφέρει; μπορεί επίσης να σας αρέσει",
    "ru": """
        вам может быть интересно; возможно вам будет интересно; вам также может понравиться; может быть интересно;
        вас может заинтересовать; это интересно""",
    "uk": "вам може бути цікаво; вас може зацікавити; вам також може сподобатися",
    "tr": """
        ilginizi çekebilir; bunlar da ilginizi çekebilir; bunlar da ilginizi çek; bunlar ilginizi çekebilir;
        ilginizi çekebilecek haberler; ilginizi çekebilecek diğer haberler; bu da ilginizi çekebilir;
        ilginizi çekebilecek içerikler""",
    "ja": """
        関連リンク; 関連情報; 関連コンテンツ; こんな記事も読まれています;
        この記事を読んだ人はこんな記事も読んでいます; こちらの記事も読まれています""",
    "ko": "함께 볼만한 기사; 이런 기사도 있어요; 관련 링크; 관련정보",
    "vi": "có thể bạn quan tâm; có thể bạn thích; bạn có thể quan tâm; bạn có thể thích; có thể bạn sẽ thích",
    "id": "mungkin anda suka; anda mungkin juga suka; anda mungkin suka; mungkin anda tertarik",
    "ar": "قد يعجبك أيضا; قد يعجبك ايضا; قد يهمك أيضا; قد يهمك; ربما يعجبك; روابط ذات صلة",
    "zh": "相关信息; 相關資訊; 相关链接; 新闻链接; 相關連結; 相關鏈接; 相关图文; 您可能还想看; 你可能还想看",
}
"""Headings under which one site puts its article's list and another any list: believed close to the article."""

SITE: Final = {
    "en": """
        latest; latest news; latest posts; latest post; latest stories; latest articles; latest headlines;
        latest updates; latest blog articles; recent; recent posts; recent articles; recent news; recent stories;
        most popular; most read; most viewed; most commented; most shared; most watched; popular; popular posts;
        popular articles; popular news; popular stories; trending; trending now; trending news; trending stories;
        top stories; top news; top picks; top reads; editors picks; editor's picks; editor's pick; editors choice;
        editor's choice; featured; featured articles; featured posts; featured stories; featured news; more news;
        more stories; more articles; more; read next; what to read next; next up; up next; keep reading;
        more to read; more to discover; recommended; recommended for you; recommended stories;
        recommended articles; recommended posts; don't miss; must read; in case you missed it; sponsored;
        sponsored content; sponsored links; promoted; promoted content; from around the web; around the web;
        from our partners; paid content; partner content; breaking news; headlines; today's headlines;
        you may like; you may have missed; hot news; hot topics; subscribers are reading; read this next;
        explore more; discover more; more from author; more from the author; more by this author;
        about the author; new; what's new; whats new; news; explore recent articles; news in pictures""",
    "de": """
        meistgelesen; meistgelesene artikel; meist gelesen; am meisten gelesen; häufig gelesen; meistkommentiert;
        letzte meldungen; letzte artikel; letzte beiträge; neueste artikel; neueste beiträge; neueste nachrichten;
        neueste meldungen; neueste; aktuelle nachrichten; aktuelle meldungen; aktuelle artikel; aktuelle news;
        aktuelles; weitere nachrichten; weitere artikel; weitere meldungen; weitere news; weitere beiträge;
        weitere themen; topthemen; top themen; newsticker; beliebt; beliebte artikel; beliebte beiträge;
        empfehlungen der redaktion; unsere empfehlungen; empfehlungen für sie; empfehlungen; top news; top clicks;
        top artikel; in den schlagzeilen; schlagzeilen; mehr vom autor; mehr nachrichten; mehr news; mehr artikel;
        das interessiert gerade; jetzt im trend; auch auf dieser seite""",
    "fr": """
        les plus lus; les plus lues; les plus consultés; les plus populaires; articles populaires;
        plus populaires; derniers articles; dernières actualités; dernières nouvelles; dernières infos; à la une;
        en continu; en ce moment; actualités; autres articles; plus d'articles; notre sélection;
        nos articles à la une; contenus sponsorisés; articles récents; dans la même rubrique;
        recommandé pour vous; recommandés pour vous; nos recommandations; le choix de la rédaction; tendances;
        fil info; du même auteur""",
    "es": """
        lo más leído; más leídas; más leídos; las más leídas; los más leídos; lo más visto; más vistas; más visto;
        últimas noticias; lo último; última hora; más noticias; noticias recientes; entradas recientes;
        artículos recientes; destacados; destacadas; destacado; recomendadas; recomendados; recomendado;
        te recomendamos; recomendaciones; populares; tendencias; lo más popular; más popular;
        selección del editor; hoy interesa; especiales; noticias destacadas; más del autor; otras noticias;
        también en noticias; contenido patrocinado""",
    "pt": """
        mais lidas; mais lidos; as mais lidas; mais populares; mais vistas; mais vistos; últimas notícias;
        últimas; notícias recentes; posts recentes; destaques; em alta; recomendados; recomendados para você;
        mais notícias; outras notícias; mais do autor; conteúdo patrocinado; ao minuto; recomendadas""",
    "it": """
        i più letti; più letti; le più lette; più lette; i più visti; ultime notizie; ultimi articoli;
        ultime news; articoli recenti; in evidenza; in primo piano; primo piano; altre notizie; altri articoli;
        popolari; consigliati; consigliati per te; scelti per te; contenuti sponsorizzati; dello stesso autore;
        tutte le notizie; ultima ora; le ultime""",
    "nl": """
        meest gelezen; populair; laatste nieuws; net binnen; recente berichten; aanbevolen; meer nieuws;
        uitgelicht; het laatste nieuws; meer artikelen""",
    "sv": """
        mest läst; mest lästa; senaste nytt; senaste nyheterna; senaste; populärt; rekommenderat; fler nyheter""",
    "da": "mest læste; mest læst; seneste nyt; seneste nyheder; populære; anbefalet; flere nyheder",
    "no": "mest lest; siste nytt; siste nyheter; siste saker; populært; anbefalt; flere nyheter",
    "fi": "luetuimmat; tuoreimmat; uusimmat; suosituimmat; suosittelemme; lisää uutisia",
    "is": "mest lesið; nýjast; nýjustu fréttir; fleiri fréttir",
    "pl": """
        najnowsze; najnowsze artykuły; najnowsze wiadomości; najczęściej czytane; najpopularniejsze; popularne;
        polecane; polecamy; ostatnie wpisy; więcej wiadomości; warto przeczytać""",
    "cs": """
        nejčtenější; nejnovější; nejnovější zprávy; nejnovější články; poslední zprávy; doporučujeme; aktuálně;
        populární; další zprávy; další články""",
    "sk": "najčítanejšie; najnovšie; najnovšie správy; odporúčame; ďalšie správy",
    "hu": """
        legolvasottabb; legfrissebb; legfrissebb hírek; friss hírek; legnépszerűbb; ajánló; ajánlott;
        további hírek""",
    "ro": """
        cele mai citite; cele mai noi; ultimele știri; ultimele stiri; ultimele articole; recomandări;
        recomandate; populare; alte știri; știri recente""",
    "hr": "najčitanije; najnovije; najnovije vijesti; izdvojeno; preporučujemo; više vijesti; ostale vijesti",
    "el": "δημοφιλή; τελευταία νέα; τελευταίες ειδήσεις; ροή ειδήσεων; περισσότερα νέα; προτεινόμενα",
    "bg": "най четени; последни новини; най новото; още новини; препоръчани",
    "ru": """
        последние новости; популярное; популярные новости; самое читаемое; самые читаемые; лента новостей;
        главное; главные новости; новости партнеров; новости партнёров; другие новости; выбор редакции;
        рекомендуем; рекомендуемое; читают сейчас; сейчас читают; свежие новости; новости дня; топ новостей;
        ещё новости; новости; все новости; актуально""",
    "uk": """
        останні новини; популярне; популярні новини; головне; вибір редакції; рекомендуємо; стрічка новин;
        інші новини; новини партнерів; найпопулярніше; усі новини""",
    "tr": """
        son haberler; son dakika; son dakika haberleri; en çok okunanlar; en çok okunan; çok okunanlar;
        en son haberler; öne çıkanlar; öne çıkan haberler; günün haberleri; günün öne çıkanları;
        editörün seçtikleri; önerilen haberler; önerilenler; popüler; popüler haberler; diğer haberler; manşetler;
        gündem; sizin için seçtiklerimiz; trend haberler; tüm haberler""",
    "ja": """
        アクセスランキング; ランキング; 人気記事; 人気の記事; 人気記事ランキング; 新着記事; 新着; 新着情報;
        新着ニュース; 最新記事; 最新ニュース; 注目記事; 注目の記事; おすすめ; おすすめ記事; おすすめの記事;
        オススメ; ピックアップ; よく読まれている記事; よく読まれる記事; 編集部おすすめ; 編集部のおすすめ;
        この著者の記事; 同じ著者の記事; 主要ニュース; トップニュース; 話題の記事; スペシャル; 特集; 次の記事;
        前の記事; 最近の記事; 記事ランキング""",
    "ko": """
        많이 본 뉴스; 많이 본 기사; 가장 많이 본 뉴스; 가장 많이 본 기사; 인기기사; 인기 기사; 인기뉴스;
        인기 뉴스; 최신기사; 최신 기사; 최신뉴스; 최신 뉴스; 추천기사; 추천 기사; 추천뉴스; 추천 뉴스; 주요뉴스;
        주요 뉴스; 주요기사; 실시간 뉴스; 이 기자의 다른 기사; 기자의 다른 기사; 오늘의 뉴스; 핫이슈; 이슈;
        섹션 뉴스; 다른 기사; 베스트 클릭; 헤드라인; 당신이 좋아할 만한 콘텐츠""",
    "vi": """
        tin mới nhất; mới nhất; tin mới; đọc nhiều; đọc nhiều nhất; tin đọc nhiều; tin nổi bật; nổi bật;
        tin cùng chuyên mục; cùng chuyên mục; tin khác; các tin khác; tin hot; xem nhiều; xem nhiều nhất; bài mới;
        tin xem nhiều""",
    "th": "ข่าวล่าสุด; ล่าสุด; ข่าวยอดนิยม; ยอดนิยม; ข่าวเด่น; ข่าวแนะนำ; แนะนำ; ข่าวอื่นๆ",
    "id": """
        terpopuler; berita terbaru; terbaru; terkini; berita terkini; berita lainnya; artikel lainnya;
        rekomendasi; rekomendasi untuk anda; pilihan editor; berita populer; populer; berita utama; trending""",
    "ar": """
        الأكثر قراءة; الاكثر قراءة; أحدث الأخبار; آخر الأخبار; اخر الاخبار; الأكثر مشاهدة; اختيارات المحرر;
        أهم الأخبار; المزيد; الأكثر شيوعا; مقالات أخرى""",
    "fa": "پربازدیدترین; پربیننده ترین; آخرین اخبار; جدیدترین اخبار; پیشنهاد سردبیر; اخبار دیگر",
    "hi": "ताजा खबरें; ताज़ा खबरें; बड़ी खबरें; लोकप्रिय; सबसे ज्यादा पढ़ी गई; ट्रेंडिंग",
    "zh": """
        推荐阅读; 推薦閱讀; 阅读推荐; 閱讀推薦; 推荐; 推薦; 推荐新闻; 推薦新聞; 推荐文章; 推薦文章; 新闻推荐;
        新聞推薦; 文章推荐; 推荐内容; 推荐资讯; 推荐视频; 值得一看; 看点; 头条; 头条新闻; 要闻; 头条推荐; 更多;
        更多新闻; 更多文章; 更多内容; 更多精彩; 更多精彩内容; 更多推荐; 更多资讯; 更多報導; 更多報道; 更多阅读;
        其他文章; 其它文章; 其他新闻; 随机文章; 随机推荐; 下一篇文章; 阅读下一篇; 作者最新文章; 作者最近文章;
        小编最近文章; 作者其他文章; 作者的其他文章; 作者文章; 往期回顾; 往期精彩; 往期推荐; 往期文章; 往期內容;
        精编文章; 精华文章; 精彩图集; 精彩图片; 精彩视频; 精彩推荐; 精彩阅读; 精彩内容; 精彩组图; 精彩專題;
        栏目精粹; 栏目推荐; 精华推荐; 强烈推荐; 图片新闻; 图片故事; 图集; 图文推荐; 视频; 视频新闻; 视频推荐;
        专题; 专题推荐; 推广; 推廣; 赞助内容; 贊助內容; 友情链接; 友情連結; 合作媒体; 热榜; 热搜; 热帖; 热评;
        滚动新闻; 快讯; 快訊; 即时新闻; 即時新聞; 焦點新聞; 焦点新闻; 編輯推薦; 熱門; 发现更多; 為你推薦; 换一换;
        大家还看了; 好书精选; 网罗天下; 新闻排行榜; 健康资讯推荐; 时政新闻; 国内新闻; 国际新闻; 社会新闻;
        财经新闻; 娱乐新闻; 体育新闻""",
}
"""Headings of lists that the site shows on many pages."""

OTHER: Final = {
    "en": """
        tags; tag; topics; keywords; related topics; related tags; related keywords; related terms;
        related searches; read more on these topics; explore more on these topics; explore more on these topic;
        follow related authors and topics; categories; category; share; share this; share this article;
        share this story; share on; comments; comment; leave a comment; leave a reply; post a comment; previous;
        next; previous article; next article; previous post; next post; previous story; next story;
        post navigation; navigation; search; subscribe; newsletter; sign up; follow us; contact us; about us;
        contact; author; authors; related products; related companies; related events; related jobs;
        related organizations; related internet links; related downloads; downloads; download; sections; menu;
        archives; archive; company; source; sources; references; related investing topics; privacy policy;
        terms of use; quick links; links; customers; esteemed clients; partners; gallery; photos; about;
        in this article; table of contents; contents""",
    "de": """
        schlagworte; schlagwörter; schlagwörter zu diesem artikel; ähnliche themen;
        lesen sie mehr zu diesen themen; themen; themen des artikels; tags; stichworte;
        teilen; diesen artikel teilen; artikel teilen; kommentare; leserkommentare; kommentar; autor; autorin;
        vorheriger artikel; nächster artikel; beitragsnavigation; newsletter; impressum; kontakt; suche; rubriken;
        kategorien; mehr lesen über; folgen sie uns; diskutieren sie mit; ähnliche unternehmen; drucken; quellen;
        dossiers zum thema; diaschauen""",
    "fr": """
        mots clés; mots clefs; étiquettes; partager; partager cet article; commentaires; commenter; thèmes;
        thématiques; sujets; article précédent; article suivant; rubriques; catégories; suivez nous; auteur;
        newsletter; tags associés; réagir""",
    "es": """
        etiquetas; temas; temas relacionados; compartir; comparte; comentarios; comentar; anterior; siguiente;
        autor; categorías; secciones; síguenos; buscar; archivado en; en esta nota; etiquetas relacionadas""",
    "pt": """
        etiquetas; tags; tópicos; compartilhe; compartilhar; partilhar; comentários; comentar; anterior; próxima;
        próximo; autor; categorias; siga nos; temas""",
    "it": """
        tag; etichette; argomenti; temi; condividi; commenti; commenta; articolo precedente; articolo successivo;
        autore; categorie; seguici; cerca; argomenti correlati; precedente; successivo""",
    "nl": """
        tags; trefwoorden; onderwerpen; delen; deel dit artikel; reacties; reageer; vorige; volgende; auteur;
        categorieën""",
    "pl": "tagi; tematy; udostępnij; komentarze; poprzedni artykuł; następny artykuł; autor; kategorie",
    "ru": """
        теги; метки; темы; поделиться; комментарии; предыдущая статья; следующая статья; автор; рубрики;
        категории; подписаться""",
    "tr": """
        etiketler; etiket; paylaş; yorumlar; yorum yap; önceki haber; sonraki haber; kategoriler; yazar;
        anahtar kelimeler; ilgili etiketler""",
    "ja": """
        タグ; キーワード; 関連キーワード; 関連タグ; 関連企業; 関連企業業界; 関連業界; 関連商品; 関連製品;
        関連サイト; 関連ワード; 関連動画; シェア; シェアする; コメント; 前へ; 次へ; カテゴリ; カテゴリー;
        トピック; トピックス; 企業; 業界; この記事をシェア; 著者; 執筆者""",
    "ko": """
        태그; 키워드; 관련 키워드; 관련 태그; 관련키워드; 공유; 댓글; 이전기사; 다음기사; 이전 기사; 다음 기사;
        카테고리; 저작권자; 해시태그; 관련 종목; 관련종목""",
    "vi": "từ khóa; thẻ; tags; chia sẻ; bình luận; bài trước; bài sau; chuyên mục; chủ đề",
    "id": "tag; tags; topik; kata kunci; bagikan; komentar; sebelumnya; selanjutnya; kategori",
    "zh": """
        标签; 標籤; 关键词; 关键字; 關鍵字; 相关标签; 相关关键词; 相关主题; 相关话题; 相关专题; 相关搜索;
        相关词条; 相关产品; 相关企业; 相关公司; 相关视频; 相关下载; 相关附件; 相关评论; 相关股票; 相关个股;
        相关品种; 相关基金; 相关政策; 相关人物; 相关商品; 附件; 附件下载; 分享; 分享到; 分享至; 分享让更多人看到;
        评论; 网友评论; 發表評論; 发表评论; 热门评论; 最新评论; 上一篇; 下一篇; 上一條; 下一条; 上一条; 责任编辑;
        责编; 编辑; 声明; 免责声明; 版权声明; 特别声明; 扫码关注; 扫一扫; 关注我们; 联系我们; 关于我们; 网站地图;
        用户名; 登录; 注册; 搜索; 返回; 返回首页; 返回列表; 打印; 收藏; 点赞; 关闭; 栏目导航; 网站导航; 频道;
        作者; 作者简介; 来源; 热门标签; 热门话题; 可能感兴趣的话题; 跟贴; 客户端下载; 主办单位; 参考资料;
        参考文献; 参考来源; 话题; 热门关键词""",
}
"""Headings and labels that stand round articles and head no list of them. They end a list."""

INLINE: Final = """
    read more; read this; also watch; watch also; also; more; read;
    learn more; mehr; mehr lesen; lesen; weiterlesen; hier weiterlesen; lire; lire la suite; lire plus; leer más;
    lea más; lee más; lee; lea; ver más; mira; leia mais; leia; saiba mais; veja mais; leggi; leggi di più;
    lees meer; lees; läs mer; læs mere; les mer; lue lisää; czytaj więcej; czytaj; više; citește mai mult; читать;
    читайте; подробнее; читать далее; devamını oku; haberin devamı; đọc tiếp; baca; baca selengkapnya;
    اقرأ المزيد; اقرأ; 此前报道; 此前報道; 此前報導; 早前报道; 早前報道; 早前報導; 早先报道; 前期报道; 先前报道;
    先前報導; 此前消息; 前文回顾; 前情回顾; 前情提要; 新闻回顾; 事件回顾; 报道回顾; 推荐阅读; 推薦閱讀; 点击阅读;
    点击查看; 扩展阅读; 另见; 参阅; 参见; 參見; 详见; 阅读更多; 更多阅读; 更多內容; 更多報導; 更多報道; 更多新聞;
    看更多; 你可能想看; 続きを読む; 前回記事; 参考記事; 参考; 関連; 더보기; 관련; 참고기사; 참고 기사"""
"""Labels that, inside an article and directly before a link, make that link related reading."""

MORE: Final = """
    read more; read full story; read the full story; continue reading; view all; see all; show more; load more;
    learn more; more; more news; click here; full story; weiterlesen; mehr lesen; mehr erfahren; mehr anzeigen;
    zum artikel; lire la suite; en savoir plus; voir plus; voir tout; leer más; ver más; ver todas; ver todo;
    seguir leyendo; cargar más; leia mais; ver mais; saiba mais; leggi tutto; continua a leggere; mostra altro;
    lees meer; lees verder; läs mer; læs mere; les mer; czytaj więcej; czytaj dalej; číst více; подробнее;
    читать далее; читать полностью; показать ещё; devamını oku; devamı; tümünü gör; もっと見る; 続きを読む;
    一覧を見る; 記事一覧へ; 詳しく見る; 더보기; 더 보기; 자세히 보기; 전체보기; xem thêm; xem tất cả;
    selengkapnya; baca selengkapnya; lihat semua; المزيد; اقرأ المزيد; عرض المزيد; 查看更多; 查看全部; 查看全文;
    阅读全文; 閱讀全文; 阅读更多; 点击查看更多; 点击加载更多; 加载更多; 展开全文; 更多内容; 看更多; 查看话题;
    查看详情; 返回搜狐查看更多; 我要评论; 下载客户端; sponsored; advertisement; anzeige; werbung; publicité;
    publicidad; pubblicità; 广告; 廣告; 広告; реклама; reklam; sign in; log in; subscribe; add comment; share"""
"""Words of links and buttons round the items of a list that are no titles."""

SIGN_PATTERNS: Final[tuple[tuple[str, Kind], ...]] = (
    (
        r"""(?:看?更多|本文|与本文|本篇|和本文)?(?:相关|相關|关联|關聯|延伸|拓展|扩展|擴展|類似|类似|同类|同類)的?
        (?:新闻|新聞|文章|资讯|内容|推荐|阅读|链接)?
        (?:阅读|閱讀|新闻|新聞|文章|报道|報道|報導|资讯|資訊|推荐|推薦|内容|內容|稿件|事件|消息|动态|動態|博文|链接)""",
        "related",
    ),
    (
        r"""(?:.{0,6}(?:猜[你您](?:喜欢|喜歡|爱看|想看)|看了又看|大家[都还還]?[在爱愛][看搜]了?|[为為][你您]推[荐薦])|
        [你您](?:可能|或许|也许|或許|也許)[也还還會会]{0,2}(?:感兴趣|感興趣|喜欢|喜歡|想看)).{0,4}""",
        "site",
    ),
    (
        r"""(?:最新|最[热熱]|[热熱][门門点點文推议读]|本[站网周月日]|[今昨每]日|一[周週]|\d+小[时時]|头条|頭條|频道|頻道|人[气氣]|点击|點擊|
        阅读|閱讀|浏览|瀏覽|编辑|編輯|小编|小編|总编|值班总编|主编|主編|站长|首页|独家|跟[贴帖]|新闻|新聞|评论|[周月])
        (?:热门|热点|点击|阅读|新闻|文章)?
        (?:推[荐薦]|排行榜?|排名|榜单?|热榜|文章|新闻|新聞|资讯|資訊|报道|報道|報導|发布|发表|更新|动态|動態|消息|内容|內容|阅读|閱讀|

        热[文点门搜议]|要闻|头条|精[选選]|关注|關注|焦[点點]|导读|话题|視頻|视频|图片|圖片|专题|專題|点击|點擊|评论|評論)
        (?:排行榜?|榜|推荐)?(?:top\s?\d+|更多|hot|new)?""",
        "site",
    ),
    (
        r"(?:ta|[他她]|作者|小编|博主|该作者|该用户)的?(?:热门|最新|最近|其他|更多)?.{0,4}(?:作品|文章|内容|动态|稿件)",
        "site",
    ),
    (r".{0,8}(?:排行榜|点击排行|點擊排行|ランキング)", "site"),
    (r"(?:[上下]一?|前一|[后後]一)[篇页頁条條则則版章].{0,40}", "other"),
    (r".{1,24}(?:に関する|についての)(?:記事|ニュース)", "close"),
    (r".{1,12}の(?:最新)?(?:記事|ニュース)(?:一覧)?", "site"),
)
"""Forms of headings in Chinese and Japanese, which build them from few parts."""

WORD_PATTERNS: Final[tuple[tuple[str, Kind], ...]] = (
    (
        r"""more\s(?:(?:stories\s|news\s|articles\s)?(?:on|about)|(?:news|stories|articles|press\sreleases)\sfrom)\s.{2,70}|
        (?:articles?|actualités?|à\slire)\s(?:aussi\s)?(?:sur|autour\sde|à\spropos\sde)\s.{2,50}|
        (?:más\s(?:sobre|acerca\sde)|mais\ssobre|altro\ssu)\s.{2,50}""",
        "close",
    ),
    (
        r"""mehr\s(?:zu|zum\sthema|artikel\szu|beiträge\szu)\s.{2,60}|lesen\ssie\s.{0,5}(?:auch|mehr\szum?)\s.{2,60}|
        weitere\s(?:artikel|beiträge|nachrichten|meldungen|berichte|texte)\s(?:zu|zum|zur|über)\s.{2,60}""",
        "related",
    ),
    (
        r"""(?:more\s(?:from|in|by)|mehr\s(?:aus|von|vom|über|zur)|más\s(?:de|en|noticias\sde)|mais\s(?:de|em)|plus\sd[e\s]|
        tous\sles\sarticles|autres\sarticles)\s.{2,50}|
        (?:les\s(?:plus|derniers|dernières)|l[oa]s?\s(?:más|últim\w+)|[ao]s\smais|ultim[ei])\s.{2,30}|
        (?:all|latest|recent|top|most|popular|trending)\s(?:\w+\s){0,4}
        (?:news|stories|articles|posts|reads|headlines|videos)(?:\s\w+){0,3}|
        (?:aktuelle|neueste|letzte|weitere|beliebte|meist\w{3,9})\s(?:\w+\s){0,2}
        (?:artikel|beiträge|nachrichten|meldungen|news|themen|videos)(?:\s\w+){0,3}""",
        "site",
    ),
)
"""Forms of headings elsewhere, which name a topic or a site after fixed first words."""

SIGN_BEGINNINGS: Final = """
    更多 看更 本文 与本 和本 本篇 相关 相關 关联 關聯 延伸 拓展 扩展 擴展 類似 类似 同类 同類 您可 你可 您或 你或 您也
    你也 最新 最热 最熱 热门 熱門
    热点 熱點 热文 熱文 热推 热议 热读 本站 本网 本周 本月 本日 今日 昨日 每日 一周 一週 头条 頭條 频道 頻道 人气
    人氣 点击 點擊 阅读 閱讀
    浏览 瀏覽 编辑 編輯 小编 小編 总编 值班 主编 主編 站长 首页 独家 跟贴 跟帖 新闻 新聞 评论 周排 周热 周点 周阅
    月排 月热 月点 月阅 ta
    他的 她的 作者 博主 该作 该用 上一 下一 前一 后一 後一 上篇 下篇 上页 下页
    大家 看了"""
"""How what `SIGN_PATTERNS` match begins: its first two signs."""

WORD_BEGINNINGS: Final = """
    more mehr weitere lesen articles article actualité actualités à más mais altro plus tous autres all latest
    recent top most popular
    trending aktuelle neueste letzte beliebte meistgelesene meistgesuchte les lo la las los as os ultimi ultime"""
"""How what `WORD_PATTERNS` match begins: its first word."""
