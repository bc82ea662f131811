"""What tells languages apart that share a script: their commonest words, the letters that only they have."""

from __future__ import annotations

from typing import Final

_LATIN: Final = {
    "en": (
        "the of and to in a is that for it on was with as by at be are this from have has not but they he his "
        "which or an were will its been"
    ),
    "de": (
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
        "hat dass sie nach bei wird"
    ),
    "fr": (
        "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se il ce avec sont été "
        "cette son ses d’un d'une aux"
    ),
    "es": (
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha sí fue "
        "este entre según"
    ),
    "pt": (
        "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua são "
        "também pelo foi"
    ),
    "it": (
        "di e il la che in a per un è del con non si una i le da al dei della sono come nel più anche gli alla ha "
        "dalla delle"
    ),
    "nl": (
        "de van een het en in is dat op te voor met zijn die niet aan er ook als om bij maar naar uit door heeft "
        "wordt over ze"
    ),
    "ca": "de la que i el en els a per les un amb del una no és més als ha al seva seu també pel aquest com són",
    "gl": "de a que o e do da en os un para con non unha se no na máis as dos como ao súa polo pola",
    "eu": "eta da du ez ere bat izan dute zuen egin baina dira duen hori dela hau beste",
    "ro": "și de în a la cu nu pe că o care din mai este au un ce se pentru fost sunt lui prin după",
    "tr": "ve bir bu için ile da de olarak olan daha çok en gibi kadar sonra ise ne var oldu ancak tarafından yılında",
    "az": "və bir bu üçün ilə olan də da daha çox isə edir olub etdi görə sonra onun",
    "pl": "w i na z się nie do że to o jest za po jak od przez ale dla są oraz co który które jego być był tym",
    "cs": "a v se na je že s z do o i to k jako za pro ale byl po který od by si jsou které podle roku při",
    "sk": "a v sa na je že s z do o aj to k ako za pre ale bol po ktorý od by si sú ktoré podľa roku pri",
    "sl": "in je v na za se da so ki z pa ne s tudi po bi kot od pri še že ali med leta",
    "hr": "i u je na se da za su od s o kao što koji iz a ne bi će te je koje nije samo bilo godine",
    "hu": "a az és hogy nem is egy ez meg azt csak volt van el már mint de vagy be még szerint között után",
    "fi": "ja on ei että se oli hän mutta ovat myös kun mukaan joka sen ole kuin vuoden jo ovat tai noin",
    "et": "ja on ei et see oli kui ka aga oma selle mis kes või ning nii siis pole",
    "lv": "un ir ka no ar par uz tas bet kas arī vai gada lai kā pie to nav",
    "lt": "ir kad yra su ne tai iš bet į kaip o buvo apie už dėl ar pat metų",
    "sv": "och att det i en som på är av för med den till har de inte om ett var men från han kan sig nu",
    "da": "og at det i en er på til af for den med de ikke som har der et var jeg men fra han kan om også blev",
    "nb": "og det i er på en som å til av for at den med har de ikke et var jeg men fra han kan om også ble etter",
    "is": "og að í á er sem um til við það en var ekki með af fyrir hann þar eru frá hefur",
    "sq": "e të në dhe për me një që është nga u i së si ka do më ishte ai nuk kanë",
    "id": (
        "yang dan di untuk dengan pada dari ini dalam tidak akan juga adalah itu ke oleh tersebut ada bisa kepada "
        "saat mereka para telah bahwa karena sudah"
    ),
    "ms": (
        "yang dan di untuk dengan pada dari ini dalam tidak akan juga adalah itu ke oleh ialah beliau telah kerana "
        "boleh daripada kata bahawa bagi"
    ),
    "vi": "và của là có được cho không trong các với người này đã những một khi năm để từ đến tại về ra",
    "fil": "ang ng sa na mga at ay si ni para ito nang hindi kung siya may isang niya",
    "sw": "ya na wa kwa ni katika la za kuwa hii cha kama huo watu pia hiyo huku baada alisema",
    "af": "die van en in is het dat nie wat vir met sy te aan hy op word om ook daar was sal hulle",
    "zu": "ukuthi futhi kodwa uma ngoba lo le abantu ukuze lapho kanye kusho yini ngo",
    "xh": "ukuba kwaye kodwa ngokuba loo abantu ukuze apho kunye nge yokuba esi le ka",
    "uz": "va bu uchun bilan bir ham emas da ning esa edi bo‘yicha keyin deb",
    "so": "oo ka waa ku in la iyo ay u ee soo kala waxaa",
    "ga": "agus an na ar a go i is le do ag bhí sé de tá ní ach",
}
_CYRILLIC: Final = {
    "ru": "и в не на что с по как это из он за к но от его о для бы так же до года также которые был при было",
    "uk": "і в не на що з та у як це до за про від його для але або року також які було він є",
    "be": "і ў не на што з па як гэта для але да ад які таксама было",
    "bg": "и на в да се за от е че не са с по като са ще бе това го при със до през",
    "sr": "и у је на се да за су од са о као што који из а не би ће",
    "mk": "и на во да се за од е дека не со го ќе по тоа како ги",
    "kk": "және мен бұл бір да де үшін осы деп бойынша болып",
    "mn": "нь энэ байна юм гэж ба бол болон тус",
}
_ARABIC: Final = {
    "ar": "في من على إلى أن التي عن مع هذا الذي ما لا كان هذه بعد كما بين قال أو قد ذلك",
    "fa": "و در به از که این را با است برای آن می یک خود تا شده شد بر کرد های هم",
    "ur": "کے کی میں ہے اور سے کا کو نے پر کہ ہیں اس نہیں ایک بھی یہ تھا کر",
    "ps": "د په او چې کې له دې ته سره یې کړي",
    "ku": "لە و بۆ کە بە ئەم لەگەڵ ئەو هەر",
}
_DEVANAGARI: Final = {
    "hi": "के में की है और से का को ने पर कि हैं इस नहीं एक भी यह था कर लिए",
    "mr": "आणि आहे या हे की च्या मध्ये नाही तर होते असे केली यांनी",
    "ne": "र छ को मा ले का पनि भएको गरेको छन् हो यो",
}

STOP_WORDS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    script: {language: tuple(dict.fromkeys(words.split())) for language, words in languages.items()}
    for script, languages in (
        ("latin", _LATIN),
        ("cyrillic", _CYRILLIC),
        ("arabic", _ARABIC),
        ("devanagari", _DEVANAGARI),
    )
}
"""By script and language, the words that every text of the language is full of."""

SCRIPT_LETTERS: Final[dict[str, frozenset[str]]] = {
    language: frozenset(letters)
    for language, letters in {
        "de": "ßüöä", "fr": "çêèœù", "es": "ñ¿¡ó", "pt": "ãõç", "it": "òàù", "ro": "șțăşţ", "tr": "ğışİ", "az": "əğ",
        "pl": "łąęśżźćń", "cs": "řůěž",
        "sk": "ľĺŕôä", "hu": "őű", "fi": "äö", "et": "õäü", "lv": "ģķļņēī", "lt": "ėųįąęū", "sv": "åä", "da": "æøå",
        "nb": "æøå", "is": "ðþ", "sq": "ëç",
        "vi": "đơưạảấầếệộờữự", "ca": "·ïçà", "sl": "čšž", "hr": "ćđčšž", "uk": "іїєґ", "be": "ўі", "ru": "ыэё",
        "bg": "ъщ", "sr": "ђћџљњј", "mk": "ѓќѕј",
        "kk": "қғүұңө", "mn": "өү", "fa": "پچژگی", "ur": "ٹڈڑںے", "ps": "ټډړښځ", "ku": "ێۆە",
    }.items()
}  # fmt: skip
"""Letters that speak for a language where they are met."""

SIMPLIFIED: Final = frozenset(
    "们这为时国来会说经发后动长学对个现开关问应实业产电设员机车战争华报书门间见观见贸让论记议计认访语说请诉读谁调买卖费资质购贵负责贝财销钱铁银键针"
    "马鱼鸟龙齐东严丰临举义乐习乡亚从众优传伤伦仅价任体余侧仓优备复处够头夺奖妇妈孙宁宝审宪宫宽宾尔尘层岁岛币师带帮广庆库应庙废归当录彻径"
    "态总恋恶惊惧惯愿戏户执扩扫扬抚护报拟拥择挡损换据摄敌数断无旧显晓晋术杀杂权条构标样树桥梦检楼欢欧残毕气汇汉没沟济浅浆测浓涨温湾满滚灯灵炉点"
    "热爱牵独献环玛疗疯盖监盘确离种积称稳穷竞笔签简类粮紧纪约级纯纲纳纵纷纸线练组细织终绍结给络绝统继绩续维综绿缓编缘缩罗罚职联肃胜脑脸艺节范"
    "获营虑虽蓝虚补装规视览觉触许评词译试诗该详误诺谈谢负贡贺贫贸转轮软轻载较辆输达过运还进远连迟适选递逻遗邓邻释里钟钢队阳阵阶际陆陈险随难雾"
    "韩页项顺须顾预领频题额风飞饭饮馆驻验骗鲁鲜鸡麦黄龄纺丝绸绣针棉毛织"
) - frozenset("里任体余没气棉毛黄范征丰仅")
TRADITIONAL: Final = frozenset(
    "們這為時國來會說經發後動長學對個現開關問應實業產電設員機車戰爭華報書門間見觀貿讓論記議計認訪語請訴讀誰調買賣費資質購貴負責貝財銷錢鐵銀鍵針"
    "馬魚鳥龍齊東嚴豐臨舉義樂習鄉亞從眾優傳傷倫僅價體餘側倉備復處夠頭奪獎婦媽孫寧寶審憲宮寬賓爾塵層歲島幣師帶幫廣慶庫廟廢歸當錄徹徑"
    "態總戀惡驚懼慣願戲戶執擴掃揚撫護擬擁擇擋損換據攝敵數斷無舊顯曉晉術殺雜權條構標樣樹橋夢檢樓歡歐殘畢氣匯漢沒溝濟淺漿測濃漲溫灣滿滾燈靈爐點"
    "熱愛牽獨獻環瑪療瘋蓋監盤確離種積稱穩窮競筆簽簡類糧緊紀約級純綱納縱紛紙線練組細織終紹結給絡絕統繼績續維綜綠緩編緣縮羅罰職聯肅勝腦臉藝節範"
    "獲營慮雖藍虛補裝規視覽覺觸許評詞譯試詩該詳誤諾談謝貢賀貧轉輪軟輕載較輛輸達過運還進遠連遲適選遞邏遺鄧鄰釋裡鐘鋼隊陽陣階際陸陳險隨難霧"
    "韓頁項順須顧預領頻題額風飛飯飲館駐驗騙魯鮮雞麥齡紡絲綢繡"
)
