"""Words by which a person's name is told from an organisation's, a place's or a job's."""

from __future__ import annotations

import re

from spiders.parsing.credits.credit_words import han


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Family names, simplified and traditional, roughly by how common they are.
HAN_SURNAMES = frozenset(
    "闫王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭"
    "吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金"
    "陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安"
    "颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝"
    "左涂谷祁时舒耿牟卜肖詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景"
    "薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑"
    "邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜"
    "鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧"
    "桑荆谌银扬明沙薄伏岑习胥保和蔺水云昌凤酆皮卡嵇邝尚农别逄闻占那雍步逯旷区占粟幸麦"
    "肇丛帅弓宿乜邴郄逢暴火鹿茅敬由禹占亓但税佘补展撒哈么来庾仝初荀鲜冶郇"
    "張劉陳楊黃趙吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻譚鐘鍾鄒陸龍萬錢湯顧賀賴龔龐蘭顏"
    "嚴蘆魯韋畢聶叢龐樂齊莊塗時關費紀歐項陽衛單甯閔強車邊饒畢鄔暢宮蓋黨談連欒計竇遲馮"
    "藍鞏練應樂桑習區麥帥農蔡盧厲鍾喬饒鄺紅黄温遊闕單賁遲沖汝幹簡柴"
)
# Those common enough that two characters with no label beside them may be a name.
HAN_COMMON_SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏"
    "卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯"
    "邵孟龙段雷钱汤尹黎贺赖龚文庞樊兰殷"
    "張劉陳楊黃趙吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈葉閻譚鐘鄒陸龍錢湯顧賀賴龔龐蘭詹邱游簡莊柯翁"
)
# Married names that keep both families'.
HAN_JOINED_SURNAMES = _words("""
    陈方 林郑 罗范 范徐 叶刘 陈冯 李张 张王 黄陈 陳方 林鄭 羅范 葉劉 陳馮 李張 張王 黃陳 張李 陳林 陳張 黃林 劉李 范陳
""")
HAN_DOUBLE_SURNAMES = tuple(
    _words("""
    欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 尉迟 尉遲 公孙 公孫 慕容 司徒 令狐 夏侯 端木 长孙
    宇文 南宫 范姜 张简 張簡 申屠 西门 独孤 呼延 闻人 轩辕 百里 东郭 万俟 第五
""")
)
# Two- to four-character words that begin like a name and are none.
HAN_NOT_NAMES = re.compile(
    "^(?:"
    + han(
        "原创|综合|编辑|记者|本报|本网|本站|成都|成立|成功|安全|安徽|江苏|江西|江南|云南|河北|河南|湖北|湖南|广东|"
        "广西|山东|山西|陕西|海南|海口|福建|福州|浙江|四川|贵州|甘肃|青海|辽宁|吉林|"
        "黑龙江|宁夏|宁波|新疆|西藏|内蒙古|北京|上海|天津|重庆|香港|澳门|台湾|台北|"
        "苏州|杭州|郑州|常州|常熟|金华|金融|柯桥|温州|石狮|石家庄|马来西亚|韩国|古巴|时间|时尚|时报|时政|文化|文章|"
        "文字|文件|文体|高清|高端|高考|和平|全国|全球|全文|全部|全媒体|万方|包装|"
        "时装|计算机|毛衣|毛纺|毛巾|衣服|明星|明天|明日|关于|关注|关键|应用|应该|都市|都是|华北|华东|华南|"
        "华为|华夏|商业|商务|商讯|商家|商品|白皮书|向上|方向|方案|方法|路透|路演|车讯|汽车|米兰|那么|原文|原标题|"
        "来源|来自|单位|单独|强调|冷门|别人|农业|农村|水利|水果|火车|党建|党政|解读|"
        "解析|解放|连载|连线|展会|展览|由于|别墅|幸福|初审|終審|终审|查看|查询|房产|景点|强国|项目|"
        "高级|高管|史上|简介|简讯|简体|蓝色|银行|黄金|黄河|红色|金属|石油|石化|龙头|凤凰|万科|欧洲|欧美|乐活|乐居|"
        "牛市|安利|应急|盛会|盛典|花边|花絮|易车|易购|广告|司法|司机|卫生|卫视|保险|"
        "保健|保护|温馨|温度|常识|常见|甘露|农民|但是|武器|武汉|武术|左右|施工|童装|童车|车市|纪实|纪录|申请|申报|符合|"
        "宁静|康复|贾樟|游客|游戏|游民|旅游|燕赵|齐鲁|三秦|荆楚|邮政|郎酒|明报|习近平|管理|管理员|时评|时事|台海|"
        "台媒|中新|新华|人民|官方|官网|官微|宫廷|连日|卡通|古装|古典|吉祥|祝福|易烊|"
        "上报|和讯|解释|家纺|纺织|针织|丝绸|服装|服饰|化纤|面料|辅料|皮革|箱包|鞋业|印染|棉花|棉纺|责编|责任|校对|"
        "审核|通讯员|"
        "公司|国际|国内|国家|行业|产业|企业|市场|政策|经济|科技|财经|教育|体育|娱乐|健康|生活|社会|军事|旅行|美食|"
        "综艺|数码|手机|游戏|动漫|历史|情感|评论|观点|头条|要闻|热点|热门|推荐|滚动|"
        "图片|视频|专题|专栏|导读|新闻|资讯|快讯|动态|公告|通知|首页|返回|更多|分享|收藏|打印|举报|关闭|登录|注册|"
        "小编|本刊|网络|未知|佚名|匿名|不详|发布|转载|整理|摄影|今天|昨天|前天|下载|上传|点击|浏览|阅读|字号|字体|"
        "时装周"
    )
    + ")"
)
HAN_JOBS = re.compile(
    "(?:"
    + han(
        "研究员|副研究员|助理研究员|院士|教授|副教授|讲师|博士|硕士|律师|分析师|经济学家|专家|学者|评论员|主任|"
        "副主任|主席|副主席|会长|副会长|秘书长|副秘书长|理事长|部长|副部长|局长|副局长|处长|"
        "科长|院长|副院长|所长|副所长|校长|社长|总编辑|主编|总经理|副总经理|经理|董事长|董事|总裁|副总裁|总监|"
        "首席|首席经济学家|首席分析师|工程师|顾问|委员|作家|撰稿人|记者|通讯员|主笔|编辑|负责人|创始人|书记|副书记|"
        "助理|干事|秘书|学生|老师|同学"
    )
    + ")"
)
# Words printed around a name: 本报记者 X, X 基자, 实习生 X.
HAN_ROLES = han(
    "本报记者|本网记者|本刊记者|本社记者|本台记者|特约记者|实习记者|见习记者|首席记者|全媒体记者|融媒体记者|"
    "新媒体记者|驻外记者|特派记者|摄影记者|记者|特约通讯员|通讯员|特约撰稿人|特约撰稿|撰稿人|撰稿|撰文|"
    "实习生|实习|编译|报道|摄影报道|综合报道|整理|责任编辑|编辑|特派员|主笔|作者|采写|采访"
)
PLACES_HAN = re.compile(
    "^(?:"
    + han(
        "(?:中国)?(?:北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|"
        "广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|"
        "香港|澳门)(?:省|市|自治区|壮族自治区|回族自治区|维吾尔自治区|特别行政区)?(?:\\S{1,6}(?:市|区|县|州))?"
        "|(?:广州|深圳|杭州|南京|苏州|武汉|成都|西安|沈阳|大连|青岛|济南|长沙|郑州|福州|厦门|南昌|合肥|昆明|贵阳|"
        "南宁|海口|兰州|石家庄|太原|长春|哈尔滨|宁波|无锡|台北|高雄|台中|台南|新竹|"
        "桃园|柯桥|绍兴|东莞|佛山|温州|泉州|晋江|石狮|常熟|盛泽|南通|嘉兴|湖州)(?:市)?"
        "|美国|日本|英国|法国|德国|韩国|印度|越南|巴西|俄罗斯|澳大利亚|加拿大|意大利|西班牙|海外|纽约|华盛顿|伦敦|"
        "巴黎|东京|首尔|柏林|罗马|莫斯科|日内瓦|布鲁塞尔|新加坡|曼谷|河内|新德里"
    )
    + ")$"
)
HANGUL_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류"
    "나진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용예봉경"
)  # fmt: skip

LATIN_PARTICLES = _words("""
    de del della dello di da dos das do du des la le los las van von der den dem ter ten te zu zum zur al el bin
    ibn abu ben y e i af av st san ul ur o d' l' und
""")
# A capitalised word that no person is called; one of them makes a name an organisation, place, heading or prompt.
LATIN_NOT_NAMES = _words("""
    the a an and or of for in on at to from with by our your this that how why what when where who all more new
    top news newsroom newsdesk desk staff team editor editors editorial editorship reporter reporters
    correspondent correspondents bureau service agency agencies press media wire newswire magazine journal times
    post daily weekly herald tribune gazette chronicle mail telegraph guardian today online web digital network
    tv radio report reports review bulletin insider observer monitor express standard star association
    federation institute institution university college school department ministry government council committee
    commission organization organisation union society foundation center centre group company corporation corp
    inc ltd llc limited gmbh ag sa spa bv plc co textile textiles fashion apparel garment fabric fabrics fibre
    fiber fibers cotton silk wool industry industries industrial manufacturing technology technologies
    innovation innovations sustainability trade market markets business economy economic finance financial
    politics political sports sport culture lifestyle health science opinion world national international local
    regional global read reading minute minutes minuten comments comment share print email subscribe
    login sign home contact about photo photos video videos image images getty reuters bloomberg afp xinhua
    yonhap ani pti ians ap update updated published posted last first live breaking exclusive advertisement
    sponsored monday tuesday wednesday thursday friday saturday sunday january february march july
    september october november december redaktion redaktionsteam nachrichten zeitung wirtschaft kultur
    politik panorama uhr lesezeit foto bundesliga verein vereine presse pressemitteilung redacción redaccion
    redacao redação redazione rédaction noticias notícias notizie actualités economía economia política sociedad
    deportes cultura mundo diario periódico portada agencia agencias minutos ekonomi gündem spor dünya haber
    haberleri haberler ajansı gazetesi önce hafta gün saat kinh tế thời sự thế giới báo tin tức giáo dục north
    south east united states kingdom india china japan korea germany france italy spain turkey vietnam
    bangladesh pakistan london paris delhi york washington beijing shanghai mumbai dhaka tokyo seoul hong kong
    istanbul brussels geneva frankfurt berlin associate senior chief managing executive director manager
    president vice contributing guest columnist analyst writer author administrator admin webmaster contributor
    contributors special artikel hören teilen vorlesen merken lesen mehr weitere zum abonnieren speichern
    lesezeichen anzeige werbung suche kommentare fact facts check checked checks show caption captions text size
    font key points expert experts disclosure advertiser consultant content former front pages bilingual
    query search purchase licensing rights quick summary overview introduction table contents view views reading
    recommended related featured popular trending editor's picks pick additional sources affiliate verified
    reviewed medically bundesverband verband verein gesellschaft industrie ministerium institut universität
    hochschule stadt land messe handel asociación federación instituto ministerio universidad cámara
    confederación sindicato université fédération association syndicat ministère chambre union associazione
    federazione ministero università camera confindustria associação federação ministério câmara derneği birliği
    bakanlığı odası hiệp hội bộ tập đoàn taboola outbrain sponsor sponsored powered free trial trials get
    started learn book demo watch listen log join shop buy click follow save tools resources products product
    services solutions guide guides blog posts article articles story stories écouter partager lire aller
    abonnez réservé abonnés article suivre escuchar compartir leer guardar suscríbete ascolta condividi leggi
    salva paylaş dinle oku legal liability design style home house garden food travel money marketing sales
    support care medical dental real estate art arts music film games science space climate weather energy auto
    cars de-de en-us privacy policy cookies terms conditions facebook twitter linkedin whatsapp instagram
    youtube pinterest telegram google
""")
LATIN_DESK = re.compile(
    r"\b(?:news ?desk|web ?desk|desk|news ?room|bureau|staff(?: (?:writers?|reporters?|correspondents?))?|editorial "
    r"(?:team|staff|board)|news (?:team|service|agency)|correspondents?|reporters?|"
    r"redaktion(?:steam)?|redacci[oó]n|r[ée]daction|redazione|redação|reda[ck]tie|haber merkezi|news network|"
    r"communications?|press office|web team)\b",
    re.IGNORECASE,
)
LATIN_TITLES = re.compile(
    r"^(?:mr|mrs|ms|miss|dr|prof|professor|sir|dame|rev|hon|herr|frau|prof\. dr|dipl\.?-ing|ing|dott|dott\.ssa|sr|"
    r"sra|mme|ths|ts|gs|pgs)\.? (?=\S)",
    re.IGNORECASE,
)
LATIN_JOBS = re.compile(
    r"\b(?:editors?|reporters?|correspondents?|writers?|journalists?|columnists?|contributors?|analysts?|directors?|"
    r"managers?|presidents?|chairman|ceo|cto|founders?|producers?|researchers?|freelancers?|professor|lecturer|head "
    r"of|chief|senior|"
    r"redakteur(?:in)?|korrespondent(?:in)?|autor(?:in)?|journalist(?:in)?|rédact(?:eur|rice)|journaliste|"
    r"correspondant[e]?|periodista|corresponsal|redactor[a]?|giornalista|repórter|jornalista|muhabiri?|yazarı|"
    r"editörü|phóng viên)\b",
    re.IGNORECASE,
)
LATIN_SUFFIXES = _words("""
    jr jr. sr sr. ii iii iv phd ph.d. md m.d. msc ma mba esq esq. cfa dds rn
""")
