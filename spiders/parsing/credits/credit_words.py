"""Words of credit lines in the languages we read: labels, house and agency names, values that credit nobody.

Han words are written in simplified characters; `han` lets a pattern match the traditional forms too.
"""

from __future__ import annotations

import re

_TRADITIONAL = dict(
    zip(
        "来转发编辑责审对时间点击浏览阅读记讯员写译图摄视频资数据载处单网络闻执笔总监选录关键词标签类栏评论"
        "报电台联东经济杂志业协会团学办厅党组织体门户财华观环刊众号导闪线约驻见实习个笔综专业场济纺馆院库导"
        "于采稿值复终务终话续态简体帐账号说无详佚务创师质纪访谈画属阳码价请声权归侧许与为"
        "须违罗马汉济兰宁苏庆圳长沈厦绍兴东温泉连伦约顿华莱纽欧俄罗韩泽侨贸进举传译乐闻讯"
        "龙凤岛陕肃厅绵纶绸织丝针毛衫饰缝纤维应该营销农军战队财税银险证券货币广亚协际贵头条强远",
        "來轉發編輯責審對時間點擊瀏覽閱讀記訊員寫譯圖攝視頻資數據載處單網絡聞執筆總監選錄關鍵詞標籤類欄評論"
        "報電臺聯東經濟雜誌業協會團學辦廳黨組織體門戶財華觀環刊眾號導閃線約駐見實習個筆綜專業場濟紡館院庫導"
        "於採稿值復終務終話續態簡體帳賬號說無詳佚務創師質紀訪談畫屬陽碼價請聲權歸側許與為"
        "須違羅馬漢濟蘭寧蘇慶圳長瀋廈紹興東溫泉連倫約頓華萊紐歐俄羅韓澤僑貿進舉傳譯樂聞訊"
        "龍鳳島陝肅廳綿綸綢織絲針毛衫飾縫纖維應該營銷農軍戰隊財稅銀險證券貨幣廣亞協際貴頭條強遠",
        strict=True,
    )
)
_OTHER_FORMS = {"台": "臺台", "发": "發発", "对": "對対", "画": "畫画", "讯": "訊", "为": "為爲"}

_SIMPLIFIED = {ord(char): simple for simple, forms in _TRADITIONAL.items() for char in forms} | {
    ord(char): simple for simple, forms in _OTHER_FORMS.items() for char in forms
}


def han(pattern: str) -> str:
    """A pattern of simplified Han words, made to match traditional characters as well.

    Only for patterns without character classes, since every character that differs becomes one.
    """
    return "".join(
        f"[{char}{_OTHER_FORMS.get(char, _TRADITIONAL[char])}]" if char in _TRADITIONAL else char for char in pattern
    )


def plain(text: str) -> str:
    """The text as the label table is keyed: simplified characters, lower case."""
    return text.translate(_SIMPLIFIED).casefold()


_SOURCE = (
    "来源 稿源 出处 转自 转载自 转载于 摘自 摘编自 选自 原载于 原载 供稿 供稿单位 来稿单位 来源于 来源自 信源 讯源 "
    "文章来源 信息来源 稿件来源 新闻来源 消息来源 资讯来源 "
    "内容来源 转载来源 原文来源 本文来源 本文来源于 本文转自 本文转载自 文章转自 文章转载自 来源单位 来源网站 "
    "来源媒体 来源部门 来源渠道 文章出处 信息出处 原文出处 新闻出处 "
    "发布来源 综合自 首发于 文章来自 作品来源 转载出处 编译自 整理自 来源平台 稿件出处 信息提供单位 提供单位 "
    "资讯提供 本文出处 来源出处 原创 本文首发于 来自 "
    "出典 出典元 出所 引用元 情報元 情報源 情報提供 配信元 提供元 ソース 転載元 掲載元 記事提供 ニュース提供 출처 "
    "기사출처 "
    "원문출처 뉴스출처"
)
_SOURCE_PHRASES = (
    "source|sources|original-content von|tratto da|vía|con información de|com informações de|news source|article "
    "source|original source|press source|story source|source de l'article|quelle|"
    "quellen|originalquelle|nachrichtenquelle|fuente|fuentes|"
    "fuente de la noticia|fonte|fontes|fonti|fonte da notícia|fonte notizia|kaynak|kaynaklar|haber kaynağı|nguồn|"
    "nguồn tin|nguồn bài|originally published by|"
    "originally published in|originally published on|originally published at|originally appeared in|originally "
    "appeared on|first published by|first published in|"
    "first published on|reprinted from|republished from|bron|kilde|källa|źródło|zdroj|forrás|lähde|sumber|izvor|πηγή|"
    "источник|джерело|المصدر|מקור|منبع|ที่มา|แหล่งที่มา|"
    "read more|read more at|read more on|leer más en|read the full story at|read the full article at|leggi su|leggi "
    "anche su|via|article courtesy of|story courtesy of"
)
_FROM = "转自 转载自 来源 来源于 摘自 来自 文章来源 本文来源"
_PLATFORMS = "公众号 微信公众号 微信 微博 头条号 媒体 平台"
_AUTHOR = (
    "作者 文章作者 本文作者 原作者 原文作者 撰文 撰稿 撰稿人 撰写 采写 采编 采访 执笔 执笔人 主笔 署名 记者 "
    "本报记者 本网记者 本刊记者 本社记者 本台记者 特约记者 实习记者 "
    "见习记者 首席记者 全媒体记者 通讯员 特约通讯员 特派记者 特派员 报道 文字 文字记者 采访人员 采访记者 撰稿者 "
    "编译 编写 综合编译 编译者 撰文者 文稿 供稿人 投稿人 投稿 "
    "特约撰稿 特约撰稿人 整理 采写记者 责任记者 执笔记者 编撰 图文 文图 文 撰 本报通讯员 实习生 "
    "執筆 執筆者 著者 筆者 ライター 取材・文 取材 構成・文 取材・執筆 文・構成 글쓴이 글 작성자 취재기자 취재 기자 기고"
)
_AUTHOR_PHRASES = (
    "written by|reported by|posted by|contributed by|authored by|submitted by|story by|words|words by|text by|"
    "article by|"
    "report by|reporting by|writing by|created by|by|author|"
    "authors|author name|author(s)|reporter|reporters|writer|writers|journalist|correspondent|byline|contributor|"
    "contributors|autor|autorin|autoren|autores|autora|autor/in|"
    "auteur|auteure|auteurs|autore|autori|autrice|verfasser|verfasserin|verfasst von|geschrieben von|text von|ein "
    "beitrag von|von|rédigé par|écrit par|publié par|"
    "propos recueillis par|texte de|article de|par|escrito por|publicado por|texto de|texto|redactado por|por|"
    "redator|redatora|reportagem|scritto da|pubblicato da|a cura di|"
    "articolo di|testo di|yazar|yazan|muhabir|haber|haberi yazan|hazırlayan|tác giả|bài viết|bài|phóng viên|người "
    "viết|thực hiện|автор|door|skrevet av|tekst|text"
)
_EDITOR = (
    "责任编辑 责编 编辑 本文编辑 本文责编 网络编辑 网站编辑 网编 值班编辑 执行编辑 实习编辑 文字编辑 新媒体编辑 "
    "主编 副主编 总编 总编辑 执行主编 编审 审核 审校 校对 责任校对 "
    "核稿 审稿 终审 复审 初审 一审 二审 三审 复核 校审 选稿 编发 编校 版面编辑 本版编辑 本期编辑 文章编辑 稿件编辑 "
    "主编辑 流程编辑 栏目主编 栏目编辑 本网编辑 责任主编 值班主编 "
    "见习编辑 助理编辑 首席编辑 高级编辑 资深编辑 编辑整理 小编 编缉 执编 值班编委 值班总编 审读 审签 统稿 责校 "
    "内容编辑 签审 责任编审 实习生编辑 校 审 "
    "編集 編集者 編集担当 担当編集 校閲 편집 편집자 편집기자 데스크"
)
_EDITOR_PHRASES = (
    "edited by|editing by|editor|editors|editor(s)|copy editor|managing editor|senior editor|web editor|online "
    "editor|sub-editor|news editor|edited and compiled by|"
    "compiled by|curated by|redakteur|redakteurin|redaktion|bearbeitet von|redigiert von|édité par|éditeur|editado "
    "por|editora|edição|edição de|editör|editore|"
    "revisado por|biên tập|biên tập viên|редактор"
)
_STAFF = (
    "发布时间 发布日期 发表时间 发表日期 发稿时间 发稿日期 添加时间 更新时间 更新日期 上传时间 录入时间 编辑时间 "
    "创建时间 成文日期 新闻时间 文章时间 刊发时间 信息时间 "
    "加入时间 发文日期 生成日期 刊登日期 最后更新 点击 点击量 点击数 点击率 点击次数 浏览 浏览量 浏览数 浏览次数 "
    "阅读量 阅读数 阅读次数 访问量 访问次数 "
    "人气 人气指数 评论数 查看次数 字号 字体 字体大小 分享 分享到 打印 发布于 发表于 发布人 发布者 上传人 上传者 "
    "录入 录入人 信息录入 录入员 录入者 "
    "监制 监审 统筹 策划 设计 制作 排版 美编 美术编辑 视觉 视频编辑 剪辑 配音 播音 制图 绘图 技术 运营 出品 出品人 "
    "总监制 总策划 摄制 拍摄 翻译 签发 原标题 导语 编者按 "
    "版次 期号 卷期 页码 作者单位 预计阅读时间 设计师 图编 图片编辑 核发 值班主任 值班 主播 主持人 主持 出镜 "
    "作者简介 原文链接 阅读原文 被阅读 被浏览 被浏览数 已阅读 美工 点击数量 "
    "公開 公開日 更新日 投稿 投稿日 掲載日 掲載 配信 発信地 입력 수정 등록 승인 조회 조회수 댓글 기사입력 최종수정 "
    "등록일 작성일"
)
_OTHER = (
    "时间 日期 出版日期 公开日期 更新 阅读 评论 热度 查看 收藏 点赞 大小 关注 分类 栏目 所属栏目 类别 频道 标签 "
    "关键词 关键字 主题词 主题 地点 地区 "
    "发自 发布单位 发布机构 发布部门 上传 管理员 索引号 文号 发文字号 公开方式 公开类别 责任单位 责任部门 属地 "
    "所在地 发布 发表 电话 邮箱 微信 网址 特别鸣谢 转载 标题 备注 声明 版权 微信公众号 公众号 微博 单位 "
    "联系人 此前报道 相关报道 早前报道 延伸阅读 推荐阅读 相关阅读 相关链接 链接 次数 客服 推荐 信息类别 来源地 转发 "
    "语言 语音 "
    "カテゴリ カテゴリー タグ 카테고리"
)
_OTHER_PHRASES = (
    "published|published on|published at|published date|first published|posted|posted on|posted at|updated|updated "
    "on|updated at|last updated|last updated on|last modified|modified|"
    "update|date|date of publication|publication date|release date|added|created|datum|veröffentlicht|veröffentlicht "
    "am|aktualisiert|aktualisiert am|stand|erstellt|erstellt am|"
    "geschrieben am|publié|publié le|mis à jour|mis à jour le|modifié le|fecha|publicado|publicado el|publicado em|"
    "actualizado|actualizado el|atualizado|atualizado em|"
    "data di pubblicazione|pubblicato|pubblicato il|aggiornato|aggiornato il|yayınlanma|yayınlanma tarihi|güncelleme|"
    "güncelleme tarihi|tarih|giriş|giriş tarihi|ngày|ngày đăng|cập nhật|"
    "time|reading time|read time|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo di lettura|okuma süresi|"
    "view|views|hits|comments|shares|category|categories|"
    "categoría|catégorie|kategorie|categoria|kategori|tag|tags|topic|topics|keywords|filed under|section|location|"
    "place|contact|email|e-mail|phone|tel|fax|website|web|follow|follow us|"
    "issue|volume|page|pages|copyright|note|disclaimer|media contact|press contact|about|print|share|language|isbn|"
    "doi|translated by|translation|übersetzung|traducción|"
    "reads|by line|department|title|subject|re|company|country|data fonte"
)
_PICTURE_NOUNS = (
    "图片 题图 配图 头图 首图 封面 封面图 图 视频 影片 数据 资料 图表 照片 素材 音频 漫画 截图 海报 动图 文中图片 "
    "信息图 插图 背景图 图文 首页图 原图 组图 摄影 圖"
)
_PICTURE_VERBS = "来源 来源于 提供 出处 来自 供图 源自 版权"
_PICTURE = (
    "摄影 摄影师 摄像 供图 图源 图说 摄影记者 图片摄影 资料图 摄 摄影报道 图 视频 图片 图表 照片 海报 漫画 素材 "
    "音频 照片提供 "
    "写真 写真提供 画像 画像提供 画像出典 画像引用元 撮影 イラスト 動画 사진 사진제공 사진출처 이미지 그래픽 영상 "
    "자료 자료제공 자료출처 이미지출처"
)
_PICTURE_LATIN = "photo photos picture pictures pic pics image images illustration illustrations photograph photography"
_GRAPHICS_LATIN = "video videos graphic graphics chart charts map maps table figure data"
_PICTURE_PHRASES = (
    "photographer|courtesy|courtesy of|photograph by|photo by|photos by|credit|credits|image courtesy|photo courtesy|"
    "foto|fotos|foto von|bild|bilder|bildquelle|bildquellen|bildnachweis|"
    "bildrechte|fotoquelle|fotocredit|fotograf|fotografin|grafik|grafikquelle|titelbild|symbolbild|crédit|crédits|"
    "crédit photo|crédits photo|crédit photos|crédits photos|photo de|légende|"
    "crédit image|imagen|fotografía|imágenes|crédito|créditos|imagem|ilustração|immagine|immagini|foto di|crediti|"
    "fonte foto|fonte imagem|fonte immagine|fuente foto|fuente imagen|"
    "fuente de la imagen|fotoğraf|fotoğraflar|görsel|görsel kaynağı|ảnh|nguồn ảnh|hình ảnh|nguồn video|infographic|"
    "cover image|lead image|featured image|header image|quelle bild|quelle foto"
)


def _table() -> dict[str, str]:
    """Every label in its plain form, with the role that it gives to what follows."""
    table: dict[str, str] = {}
    for role, lists, phrases in (
        ("other", _OTHER, _OTHER_PHRASES),
        ("staff", _STAFF, ""),
        ("picture", _PICTURE, _PICTURE_PHRASES),
        ("editor", _EDITOR, _EDITOR_PHRASES),
        ("author", _AUTHOR, _AUTHOR_PHRASES),
        ("source", _SOURCE, _SOURCE_PHRASES),
    ):
        table |= {plain(word): role for word in lists.split()}
        table |= {plain(phrase): role for phrase in phrases.split("|") if phrase}
    table |= {plain(noun + verb): "picture" for noun in _PICTURE_NOUNS.split() for verb in _PICTURE_VERBS.split()}
    table |= {plain(verb + noun): "source" for verb in _FROM.split() for noun in _PLATFORMS.split()}
    endings = (
        "",
        " source",
        " sources",
        " credit",
        " credits",
        " courtesy",
        " courtesy of",
        " by",
        " via",
        " from",
        " credit by",
    )
    graphics = {noun + ending: "picture" for noun in _GRAPHICS_LATIN.split() for ending in endings[1:]}
    return table | graphics | {noun + ending: "picture" for noun in _PICTURE_LATIN.split() for ending in endings}


LABELS = _table()
"""Label in plain form -> `source`, `author`, `editor`, `picture`, `staff` (others' work, times) or `other`."""
LONGEST_HAN_LABEL = max(len(label) for label in LABELS if label[0] > "\u2e80")

# Labels that need no colon, where a field begins and the value looks right for the role.
BARE_SOURCE = re.compile(
    han(
        "(?:本文|文章|稿件|信息)?(?:来源于|来源自|来源|转载自|转自|摘自|摘编自|原载于|原载(?=《)|综合整理自|综合自|"
        "整理自|编译自|选自)"
    )
    + r"[ \u3000]?(?!"
    + han("地|国|不明|标注|为|是|广|多|之|丰|稳|有|及|的|可|和")
    + ")"
)
BARE_SOURCE_LATIN = re.compile(
    r"(?<![^\W\d_])(?:originally (?:published|appeared|posted) (?:by|in|on|at)"
    r"|(?:this (?:article|story|post|piece) )?(?:was |has been )?"
    r"(?:originally |first )(?:published|appeared|posted) (?:by|in|on|at|with)|(?:article|story|text|news|content) "
    r"courtesy of|reprinted (?:from|with permission "
    r"(?:from|of))|republished (?:from|with permission (?:from|of))"
    r"|published in(?= .{2,80} on \d)|(?:\(?with (?:additional |agency )?(?:inputs?|reporting|information) (?:from|"
    r"by))|(?-i:via:?|Via:)|press release (?:from|by|of)|pressemitteilung (?:von|der|des)|(?:source|quelle|fuente|"
    r"fonte|kaynak|nguồn) [-–]|출처|news provided by|provided by"
    r"|con información del?(?-i: la| el)?|com informações d[aeo]s?|con informazioni d[ai]|con datos de|tratto da|"
    r"leggi (?:su|anche su)|leggi l['’]articolo su|vía:?"
    r"|(?:🔗 ?)?leggi su|avec|mit material (?:von|der)|nach informationen (?:von|der)|theo|dẫn theo|"
    r"haberin kaynağı|(?-i:SOURCE)(?= [A-Z])|source(?= (?:AFP|AP|EFE|Reuters|ANSA|Lusa|PTI|ANI)\b))\s+",
    re.IGNORECASE,
)

_NAMES_BEHIND = (
    r"[\u3000 ]{0,3}(?P<who>[\u3400-\u9fff·]{2,24}(?:[\s、，,]{1,2}[\u3400-\u9fff·]{2,4}){0,4})"
    r"(?=$|[\s|｜)）\]】,，;；\d\ue000])"
)
BARE_AUTHOR = re.compile(
    r"(?:^|(?<=[》\s|｜（(【\[\ue000]))" + han("(?:作者系?|作者为|撰文|撰稿|采写|执笔|文(?= ))") + _NAMES_BEHIND
)
BARE_EDITOR = re.compile(
    r"(?:^|(?<=[\s|｜（(【\[\ue000]))[\u3400-\u9fff]{0,3}?" + han("(?:责任编辑|责编|编辑|校对|审核)") + _NAMES_BEHIND
)
_LATIN_WHO = r" by:? (?P<who>[A-ZÀ-Þ][^;:()|\ue000]{2,100}?)(?=[;)|\ue000]|\.$|\.\s|$)"
BARE_AUTHOR_LATIN = re.compile(
    r"\b(?:[Rr]eporting|[Ww]riting|[Ww]ritten|[Ss]tory|[Rr]eported|[Tt]ext|[Ww]ords)"
    + _LATIN_WHO
    + r"|^\W?(?:[Ss]critto da|[Pp]ubblicato da|[Aa] cura di|[ÉE]crit par|[Rr]édigé par|[Pp]ublié par|[Pp]ropos "
    r"recueillis par|[Ee]scrito por|"
    r"[Pp]ublicado por|[Ee]in [Bb]eitrag von|[Gg]eschrieben von|[Vv]erfasst von|Text von|Author|Autor[ae]?|Auteur|"
    r"Yazan) (?P<whom>[A-ZÀ-Þ][^;:()|\ue000]{2,80})"
)
BARE_EDITOR_LATIN = re.compile(r"\b(?:[Ee]diting|[Ee]dited|[Cc]ompiled)" + _LATIN_WHO)

# Agencies and wires by which an article is credited with no label at all.
AGENCIES_HAN = han(
    "新华社|中新社|中新网|中国新闻社|新华网|法新社|路透社|美联社|共同社|时事社|中央社|中央通讯社|俄新社|塔斯社|"
    "埃菲社|德新社|安莎社|彭博社|合众国际社|韩联社|朝中社|"
    "国际文传电讯社|阿纳多卢通讯社|越通社|国新社|中通社|香港中通社|俄罗斯卫星通讯社|今日俄罗斯|路透通讯社|路透新闻|"
    "路透|彭博资讯|彭博新闻社|彭博(?!资讯)|美聯社"
)
AGENCIES_LATIN = (
    r"Reuters|Thomson Reuters|AFP|Agence France[- ]Presse|AP|The Associated Press|Associated Press|UPI|Bloomberg(?: "
    r"News)?|Dow Jones(?: Newswires)?|Xinhua(?: News Agency| News)?|Xinhuanet|China News Service"
    r"|PTI|ANI|IANS|UNI|Press Trust of India|Yonhap(?: News Agency)?|Kyodo(?: News)?|Jiji(?: Press)?|Bernama|Antara|"
    r"VNA|TTXVN|CNA|KCNA|APP|BSS|UNB|PNA|WAM|SPA|MENA|MAP|Petra|QNA|KUNA|NAN|VNS|ECNS|Sapa"
    r"|dpa(?:-AFX|-infocom)?|dpa/tmn|tmn|AFX|sid|SID|epd|KNA|APA(?:-OTS)?|ots|OTS|DAPD|dapd|ddp|dts|ATS|SDA|"
    r"Keystone-SDA|Keystone-ATS|ANP|Belga|TT|NTB|Ritzau|STT|PAP|ČTK|CTK|MTI|TASR|TASS|RIA Novosti|Interfax|Ukrinform"
    r"|ANSA|AGI|Adnkronos|Askanews|LaPresse|Italpress|EFE|Europa Press|EUROPA PRESS|EP|Lusa|LUSA|Agência Brasil|"
    r"Estadão Conteúdo|Folhapress|Notimex|Télam|TELAM|Prensa Latina|AA|Anadolu Agency|Anadolu Ajansı|DHA|İHA|IHA|"
    r"ANKA|BHA"
    r"|PR Newswire|PRNewswire(?:-[A-Za-z ]{3,20})?|Business Wire|BUSINESS WIRE|GlobeNewswire|GLOBE NEWSWIRE|Globe "
    r"Newswire|EIN Presswire|ACN Newswire|ACCESSWIRE|Marketwired|Newswire|JCN Newswire|Media OutReach(?: Newswire)?|"
    r"SEAPRWire|The Conversation"
    r"|The Canadian Press|Canadian Press|CP|AAP|PA(?: Media)?|Press Association|RTRS|NNA"
)
AGENCIES_OTHER = (
    r"共同通信社|共同通信|時事通信|時事|共同|ロイター通信|ロイター|ブルームバーグ|AFP通信|AP通信|新華社|"
    r"聯合ニュース|聯合通信|"
    r"聯合社|CNS|"
    r"연합뉴스|뉴시스|뉴스1|로이터|신화통신|AP연합뉴스|이데일리|아주경제|머니투데이|헤럴드경제"
)
JAPANESE_PAPERS = (
    r"繊研(?:新聞|電子版|プラス)?|日本?繊維新聞|繊維ニュース|ファッション販売|日経(?:新聞|産業新聞|MJ|電子版|"
    r"流通新聞)?|日本経済新聞(?:電子版)?|日刊工業(?:新聞)?|日刊産業新聞|"
    r"(?:朝日|読売|毎日|産経|東京|中日|京都|西日本|北海道|神戸|信濃毎日|中国|河北新報|静岡|岐阜|福井|北國|山陽|四国|"
    r"愛媛)新聞(?:電子版|デジタル|オンライン)?|WWD(?:JAPAN)?|"
    r"ファッションスナップ|化学工業日報|センイ・ジヤァナル"
)

# What an outlet's or organisation's name ends with.
OUTLET_END = re.compile(
    "(?:"
    + han(
        "网|报|社|台|电视|电视台|周刊|杂志|日报|晚报|晨报|早报|商报|时报|都市报|客户端|新闻|在线|频道|通讯|快讯|"
        "财经|资讯|论坛|传媒|媒体|新媒体|融媒|融媒体|网络版|手机报|数字报|电子报|广播|观察|参考|评论社|之声|之窗|"
        "之家|视频|头条|"
        "协会|学会|商会|联合会|总会|公会|促进会|公司|集团|中心|委员会|局|厅|委|部|署|司|院|研究院|研究所|研究室|"
        "实验室|大学|学院|学校|医院|政府|办公室|办事处|办|处|科|站|中文站|中文网|官网|"
        "公众号|号|月刊|旬刊|"
        "季刊|半月谈|导报|画报|学报|文摘|期货|证券|银行|基金|智库|博物馆|出版社|党支部|党委|支部|团委|工会|电子版|"
        "新闻网|编辑部|经济|世界|天下|快报|消息报|联盟|组委会|秘书处|展会|频道网|警方|"
        "交警|公安|发布|"
        "检察院|法院|纺织|服装|服饰|面料|纤维|家纺|化纤|丝绸|棉花|报业|时尚|科技|日讯|内参|周报|信息|公司网|市场|"
        "博览会|集团报|电商|平台|号外|国际|汽车|体育|娱乐|读书|生活|动态|通讯社|新闻社"
    )
    + r"|新聞|通信|ニュース|オンライン|テレビ|放送|編集部|経済|タイムズ|뉴스|신문|일보|경제|방송|통신|투데이|타임즈|"
    r"협회|연합회"
    + r"|\.(?:com|cn|net|org|it|de|fr|es|vn|tr|jp|kr|tw|hk|uk|in|info)(?:\.[a-z]{2})?"
    + r")(?:[》”’\"」』）)]|"
    + han("等|官方账号|官方微博|官方微信|综合|报道")
    + r"){0,2}$",
    re.IGNORECASE,
)

# Values that credit nobody in particular, folded to lower case without spaces.
GENERIC = re.compile(
    "^(?:"
    + han(
        "(?:本|互联)?网络?(?:整理|综合|转载|搜集|收集|摘编|编辑|公开信息|公开资料|资料|文章|新闻|采编)?|(?:综合|"
        "即时|摄影|现场)?(?:报道|报导)|(?:来源于?|来自)?(?:互联网|网络|"
        "网上|网友|网民|网路)(?:整理|综合|转载|收集|投稿|上传|公开信息)?|"
        "本站(?:编辑|原创|整理|综合|讯|发布|综合整理|采编|记者|小编|编辑部|采集)?|本网(?:原创|编辑|整理|综合|讯)?|"
        "本(?:报|网|刊|台|社).{0,6}|原创|原创文章|原创作品|原创内容|转载|"
        "转帖|综合|综合整理|综合报道|综合消息|整理|编辑|小编|管理员|"
        "系统管理员|站长|超级管理员|未知|不详|不明|佚名|匿名|无|暂无|没有|其它|其他|作者|记者|来源|网站|网页|微信|"
        "微信公众号|公众号|朋友圈|百度|百度百科|搜索引擎|用户上传|会员|会员发布|会员投稿|"
        "游客|注册会员|编辑部|发布|点击|查看原文|阅读原文|"
        "媒体|网络媒体|新闻媒体|官方|自媒体|自己|个人|个人原创|内部资料|公司|公司新闻|本公司|本校|本单位|投稿|"
        "读者投稿|见文末|如图|如下|如文|以上"
    )
    + r"|admin\d*|administrator|webmaster|root|guest|user|editor|editors?|staff|unknown|none|null|nil|n/?a|na|"
    r"undefined|internet|theinternet|web|website|online|own|ourown|original|pressrelease|companypressrelease|"
    r"comunicatostampa|assessoriadeimprensa|pressemitteilung|notadeprensa|communiquédepresse|various|others?|misc|"
    r"agencies|agency|"
    r"newsagencies|agencyinputs"
    r"|test|default|system|manager|master|copy|here|link|source|anonymous|redaktion|redacción|redaccion|rédaction|"
    r"redazione|redação|redacao|agencias|agenzie|agences|agências|interneto?|eigene|eigenebericht|eigenrecherche|"
    r"propia|propria|propre"
    r"|ネット|インターネット|不明|編集部|当サイト|인터넷|없음|미상|편집부|sưutầm|tổnghợp|internet|st|theointernet|"
    r"网络图|网络图片|more|readmore|us|me|this"
    r")$",
    re.IGNORECASE,
)
# Stock pictures and video houses: `Fonte: iStock` credits the picture.
PICTURE_HOUSES = re.compile(
    r"^(?:getty ?images?|istock(?:photo)?|shutterstock|unsplash|pixabay|pexels|adobe ?stock|adobestock|depositphotos|"
    r"dreamstime|alamy|fotolia|123rf|freepik|flickr|wikimedia(?: commons)?|wikipedia|"
    r"canva|picture[ -]alliance|imago(?: images)?|corbis|epa(?:-efe)?|afp via getty|rex|zuma|"
    + han(
        "视觉中国|摄图网|东方ic|全景(?:网|视觉)?|千图网|图虫创意?|包图网|昵图网|梨视频|站酷|海洛创意|人民视觉|"
        "网络图片?|资料图片?|资料照片?|视频截图"
    )
    + r")(?:$|[\s,/|／（(].{0,40}$)",
    re.IGNORECASE,
)
# An office is somebody, whatever its name speaks of.
OFFICE = re.compile(
    r"\b(?:office|agency|institute|association|federation|ministry|council|committee|commission|cent(?:er|re)|verband|"
    r"institut|amt|ministerium|fédération|asociación|associazione|federación|federazione|associação)$",
    re.IGNORECASE,
)
# A note on where numbers come from, not on where the article does: `Source: 31st ITMF Survey`.
DATA_NOTE = re.compile(
    r"^\d[\d.,–-]*(?:st|nd|rd|th)?\s|\b(?:survey|statistics|statistical|database|data|estimates?|forecasts?|"
    r"calculations?|census|index|report \d{4}|figures|bureau of|umfrage|statistik|berechnung(?:en)?|enquête|encuesta|"
    r"indagine|datos|dados|dati)\b",
    re.IGNORECASE,
)

# Notices about the rights of pages: they name sources and credit none.
BOILERPLATE = re.compile(
    han(
        "凡本|凡注明|凡是|凡标注|注明“来源|注明来源|注明出处|标注来源|标注错误|来源标注|转载请|请勿转载|谢绝转载|"
        "禁止转载|严禁转载|不得转载|均转载自|均转自|均来自|均来源于|转载目的|不代表本|并不代表|"
        "不代表平台|仅代表作者|"
        "版权归|版权所有|版权属于|版权均属|著作权|免责声明|版权声明|特别声明|郑重声明|侵权|未经授权|未经许可|未经本|"
        "书面授权|仅供参考|举报邮箱|投诉|联系删除|予以删除|删除处理|承担法律责任|追究法律|"
        "许可证|备案号|"
        "风险提示|投资建议|如有异议|本文来源标|自媒体平台|信息存储空间|均为转载"
    )
    + r"|無断転載|無断複製|転載を禁|著作権|무단\s?전재|재배포\s?금지|저작권자|ⓒ|all rights reserved|rights reserved|"
    r"unauthori[sz]ed "
    r"(?:reproduction|use|copying)|may not be (?:published|reproduced|republished|redistributed)|copyright\b|©"
    r"|alle rechte vorbehalten|nachdruck|tous droits réservés|reproduction interdite|todos los derechos|prohibida "
    r"(?:la|su) reproducción|todos os direitos|reprodução proibida|riproduzione riservata|tutti i diritti|tüm "
    r"hakları saklıdır|izinsiz|bản quyền"
    r"|views expressed|do not necessarily|not responsible|this story (?:has not been|was) (?:edited|auto)|"
    r"auto-generated|disclaimer",
    re.IGNORECASE,
)
BOILERPLATE_SIGNS = re.compile(
    "[版][权權]|[转轉]载|[声聲]明|侵[权權]|注明|[©ⓒ]|opyright|ights|echte|droits|erecho|ireitos|iritti|iservata|무단|저작권"
    "|無断|hakları|isclaimer|不代表|[仅僅]供|举报|投[诉訴]|本网"
)
NOTICE_HEADING = re.compile(r"^[\s【\[]{0,2}" + han("(?:版权声明|免责声明|特别声明|声明)") + r"[】\]\s:：]{1,3}")
RIGHTS_HOLDER = re.compile(
    r"(?:©|ⓒ|\(c\)|copyright|저작권자|copyrights?)[\s:：©ⓒ]*(?:\(c\)|copyright|"
    r"by)?[\s:：©ⓒ]*(?:\d{4}(?:\s?[-–]\s?\d{4})?)?[\s,.:]*(?:by )?"
    r"(?P<name>[^©ⓒ|,.()（）\[\]<>\n]{2,40}?)\s*(?:\d{4})?\s*(?:무단|all rights|tutti i|alle rechte|tous droits|todos|"
    r"riproduzione|[|,.()（）\[\]<>\n]|$)",
    re.IGNORECASE,
)

_MONTHS = (
    "jan(?:uary|uar|vier|eiro)?|jänner|feb(?:ruary|ruar|braio|rero)?|févr?(?:ier)?|fev(?:ereiro)?|mar(?:ch|s|zo|ço)?|"
    "märz|mär|apr(?:il|ile)?|abr(?:il)?|avr(?:il)?|may|mai|mayo|maio|mag(?:gio)?|"
    "june?|juni|juin|junio|junho|giu(?:gno)?|july?|juli|juil(?:let)?|julio|julho|lug(?:lio)?|aug(?:ust)?|août|aout|"
    "ago(?:sto)?|sept?(?:ember|embre|iembre)?|set(?:embro|tembre|iembre)?|oct(?:ober|obre|ubre)?|okt(?:ober)?|"
    "out(?:ubro)?|ott(?:obre)?|"
    "nov(?:ember|embre|iembre|embro)?|dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:iembre|embre)?|"
    "ene(?:ro)?|gen(?:naio)?|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|tháng "
    "\\d{1,2}"
)
_CLOCK = (
    r"\d{1,2}\s?[:：.h時时点시]\s?[0-5]\d(?!\d{3})(?:\s?[:：分]\s?[0-5]\d)?(?:\s?(?:秒|分|Uhr|[AaPp]\.?[Mm]\b\.?))?"
)
# Dates and times as they stand in meta lines. Only told apart from names here; the time reader reads them.
DATES = re.compile(
    r"(?<!\d)\d{1,2}[-./]\d{1,2}[-./](?:(?:19|20)\d\d|\d\d(?=\s\d\d:))(?:[\s,，]{0,3}" + _CLOCK + r")?"
    r"|(?:(?:19|20)\d\d|"
    r"(?<!\d)\d\d)\s?[-./年·・년]\s?\d{1,2}\s?[-./月·・월]\s?\d{1,2}(?:[日号號일](?:\s?[（(]?(?:星期|周|"
    r"週)[一二三四五六日天][)）]?)?)?(?:[T\s,，日]{0,3}(?:(?:上午|下午|晚上|凌晨|오전|오후)\s?)?" + _CLOCK + r")?"
    r"(?:\s?(?:Z|[+-]\d\d:?\d\d)\b)?"
    r"|(?<![\d.])\d\d-\d\d\s?\d\d:\d\d(?::\d\d)?|(?:(?:令和|平成|昭和|民[国國])\s?(?:\d{1,3}|元)\s?年\s?)?"
    r"(?<![\d-])\d{1,2}\s?[月월]\s?\d{1,2}\s?[日号號일](?:\s?" + _CLOCK + r")?"
    r"|(?<!\w)(?:\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?\s?(?:de |of )?)(?:"
    + _MONTHS
    + r")\b[.,']?\s?(?:de |')?(?:(?:19|20)?\d\d(?!:))?(?:[\s,]{0,3}(?:at |um |à )?"
    + _CLOCK
    + r")?"
    r"|(?<!\w)(?:"
    + _MONTHS
    + r")\.?\s?\d{1,2}(?:st|nd|rd|th)?(?:,?\s{0,2}(?:19|20)\d\d)?(?:[\s,]{0,3}(?:at )?"
    + _CLOCK
    + r")?"
    r"|(?<![\d.])" + _CLOCK + r"|(?<!\d)\d{1,2}月\d{1,2}(?!\d)|(?<!\d)\d{1,2}日(?!报|報)"
    r"|\d{1,3}\s?(?:秒|分钟|分鐘|小时|小時|个小时|天|日|周|個月|个月|年|分|時間|시간|분|일)(?:之?前|전)|昨天|前天|"
    r"今天|昨日|刚刚|剛剛"
    r"|\b\d{1,3}\s(?:seconds?|mins?|minutes?|hours?|hrs?|days?|weeks?|months?|years?) ago"
    r"|\bvor \d{1,3}\s\w{3,10}|\bil y a \d{1,3}\s\w{3,8}|\bhace \d{1,3}\s\w{3,8}|\bhá \d{1,3}\s\w{3,8}|"
    r"\b\d{1,3}\s\w{3,8}\s(?:önce|fa|atrás|trước)\b",
    re.IGNORECASE,
)
# What stands beside a date and is no name: clock words, zones, week days, counters, buttons.
FURNITURE = re.compile(
    r"\b(?:(?-i:IST|GMT|UTC|CET|CEST|EST|EDT|PST|PDT|BST|MYT|SGT|HKT|JST|KST|WIB|ET|PT)|Uhr|a\.?m\.|p\.?m\.)(?=\W|"
    r"$)(?:\s?[+-]\s?\d{1,2}(?::?\d\d)?)?|\(GMT[+-]\d{1,2}\)"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?\b[.,]?|\b(?:montag|dienstag|mittwoch|"
    r"donnerstag|freitag|samstag|sonntag)\b|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
    r"|\b(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo)\b|\bthứ (?:hai|ba|tư|năm|sáu|bảy)\b|\bchủ nhật\b|"
    r"\b(?:pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar)\b"
    r"|\b\d{1,3}[ -]?(?:min(?:ute[ns]?|utos?|uti)?|мин)\b(?: (?:read|lesezeit|de lecture|de lectura|di lettura))?|"
    r"\b\d[\d.,]{0,8}k?\s(?:views?|comments?|shares?|reads?|kommentare?)\b"
    r"|\d{1,9}\s?(?:人参与|次阅读|次閱讀|条评论|則評論|阅读|評論|评论|浏览|人看过|人阅读|次浏览|次点击|点击|点赞|"
    r"跟贴|回复|人浏览|万阅读|0条评论)|\d{0,9}\s?(?:条评论|次阅读)"
    r"|我要评论|我有话说|扫一扫|分享到?|收藏|打印|举报|纠错|关注|字号[:：]?.{0,12}$|(?-i:A[-+](?![A-Za-z]))|"
    r"返回搜狐.{0,10}|查看更多|返回.{1,6}(?:首页|列表)|"
    r"(?:繁|简)体?(?=\s|$)|繁簡|加入收藏|复制链接|复制|下载(?:客户端)?|展开|听新闻|朗读|已编辑|发表评论|参与评论|"
    r"原文链接|查看原文|阅读原文"
    r"|上午|下午|(?:星期|周|週)[一二三四五六日天](?!\w)|\bshare\b|\bprint\b|\be?mail\b|\btweet\b|\bsave\b|\bfollow\b",
    re.IGNORECASE,
)
