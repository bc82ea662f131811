"""Words by which pages name their parts, in markup and in print: an article's text, and what stands around it."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    phrases = (phrase.strip().replace("_", " ") for phrase in text.replace("\n", "|").split("|"))
    return tuple(dict.fromkeys(phrase for phrase in phrases if phrase))


GOOD_NAMES = _words("""
    article articles articlebody articlecontent articletext articledetail articlemain artibody artical art post
    posts entry story storybody storytext content contents contentbody contenttext con cont maincontent main body
    bodytext text txt texts texte textbody detail details news newstext newsbody newscontent newsdetail newscon
    editor trs ueditor endtext zoom prose paragraph paragraphs para rte richtext rich wysiwyg copy hentry read
    reading blog blogpost single zhengwen neirong nr wenzhang xilan xiangqing xl detailcontent vsb view viewcon
    txtcontent contentmain lead standfirst intro dek chapo summary kicker subheadline markdown document docs
    pagecontent columns cuerpo contenido nota noticia artikel beitrag inhalt corps articulo testo contenuto haber
    icerik haberdetay isi konten tresc clanek kiji honbun honmon
""")
"""Words of class names and ids that hold articles, and much else."""

BODY_NAMES = _words("""
    articlebody articlecontent articletext articledetail articlemain artibody storybody storytext newstext newsbody
    newscontent newsdetail newscon textbody contentbody contenttext maincontent richtext trs ueditor endtext wysiwyg
    rte prose hentry zhengwen neirong xilan xiangqing vsb detailcontent txtcontent contentmain contentparts
    artdetail articlebox rwb artcontent mainbody blogpost
""")
"""Words that name nothing but an article's text."""

BODY_SUBJECTS = _words("""
    article articles post posts entry story stories news blog detail details rich caas artikel beitrag noticia nota
    haber articulo wenzhang xinwen main
""")
BODY_PARTS = _words("""
    body content contents text txt texte copy con cont inhalt corps cuerpo contenido icerik testo contenuto
    paragraphs
""")
"""A subject and a part together name an article's text: `article-body`, `entry-content`, `story_text`."""

BAD_NAMES = _words("""
    asset assets comment comments commentlist disqus reply replies respond discussion footer foot bottom masthead
    topbar nav navi navbar navigation menu menus submenu breadcrumb breadcrumbs crumb crumbs sidebar aside widget
    widgets rail share sharing shares social socials sns follow relate related relates relation relnews recommend
    recommended recommendation recommendations recirc recirculation suggest suggested similar readmore readnext prev
    previous popular trending most mostread latest hot hots rank ranking top10 toplist teaser teasers teasertext
    promo promos promotion sponsor sponsored advert advertisement advertising ad ads adbox adv gg banner newsletter
    subscribe subscription subscriptions signup login register registration cookie cookies consent gdpr onetrust
    modal popup overlay layer layers tooltip dialog caption captions credit credits legend gallery slideshow slide
    slides slider carousel swiper bio bios biography profile avatar copyright disclaimer legal license licence
    rights shengming shenming mianze statement print download downloads rating ratings vote like likes pagination pager
    paging toc jump skip hidden hide sr screenreader noprint noexcerpt editsection reference references reflist
    footnote footnotes citation infobox navbox hatnote sitemap search qr qrcode ewm erweima wechat weixin app
    feedback report survey quiz poll ticker stock stocks weather shop buy cart affiliate cta button buttons btn
    donate donation support calendar xgxw xgyd xgwz xgxx tuijian onward outbrain taboola stream kommentar kommentare
    teilen bildunterschrift anzeige werbung verwandt mehr partager publicite compartir relacionados relacionadas
    condividi correlati ilgili yorum yorumlar etiket etiketler notice notices piano synop summary-layer inscription
    toplinks tabs tab accordion faq
""")
"""Words of class names and ids that surround articles."""

DOUBTFUL_NAMES = _words("""
    info infos meta metadata date dates time timestamp datetime pubdate tag tags taglist keyword keywords category
    categories topic topics list lists links link card cards grid tile tiles module modules feed feeds thumb
    thumbnail thumbnails img image images photo photos pic pics picture video videos player media figure embed tweet
    twitter facebook instagram author authors autor autoren auteur byline writer contributor contributors font
    fontsize fontzoom zoomtext tip tips bar tool tools toolbar head header side more also next top event events
    product products price hero label labels icon icons stats
""")
"""The same, but met in and around articles."""

OPENINGS = _phrases("""
    read more|read also|also read|read next|read our|read the full|read full|see also|see more|see our|watch:
    watch also|watch now|listen to|listen:|learn more|view more|view all|find out more|discover more|check out
    click here|click to|tap to|tap here|load more|show more|related|recommended|more from|more on|more in|more about
    more stories|more news|most read|most popular|most viewed|you may also|you might also|you may like|don't miss
    don’t miss|trending|popular|latest|up next|next article|next post|next story|previous|sponsored|share|follow us
    follow our|join us|join our|join the|sign up|sign in|log in|subscribe|get the latest|get our|get unlimited
    newsletter|comments|comment_|leave a|post a comment|add a comment|about the author|about this author|about us
    written by|by_|edited by|reporting by|photo|image|picture|pic:|credit|source|sources|video:|gallery|file photo
    illustration|getty|(photo|(image|(ap photo|ap photo|courtesy|copyright|©|(c)_|all rights|disclaimer|disclosure
    terms of|privacy policy|advert|this article|this story|this post|this content|this page|tags|tag:|topics
    filed under|categor|published|updated|posted|posted in|last updated|last modified|contact_|editor's note
    editor’s note|editors’ note|correction|for more|to read|to learn more|notice|originally published
    first published|report a|have a tip|story by|text by|words by|support_|donate|thank you for|sorry,|please_
    download_|free_|start your|try_|skip to|jump to|table of contents|in this article|key takeaways|what to read
    hide_|show_|print|email|lesen sie|lies auch|mehr zum|mehr zu|mehr über|mehr lesen|mehr dazu|mehr aus|mehr von
    weitere_|weiterlesen|siehe auch|auch interessant|das könnte|foto|bild|quelle|grafik|anzeige|werbung|teilen
    kommentar|abonnieren|jetzt_|hier geht|hier klicken|hier finden|von_|autor|redaktion|veröffentlicht|aktualisiert
    stand:|symbolbild|mit material|zur startseite|zum thema|externer inhalt|an dieser stelle|empfohlener|melden sie
    dieser artikel|dieser beitrag|diesen artikel|zur person|über den autor|à lire|lire aussi|lire la suite|lire plus
    voir aussi|voir plus|sur le même|publié|mis à jour|par_|crédit|partager|abonnez|s'abonner|s’abonner|lea también
    lee también|leer más|ver más|te puede|también te|compartir|suscr|publicado|por_|fuente|síguenos|etiquetas|leia_
    veja_|saiba mais|compartilh|assine|fonte|leggi_|vedi_|condividi|iscriviti|riproduzione|ilgili|devamı|kaynak
    paylaş|etiket|yorum|takip et|相关|相關|推荐|推薦|延伸|更多|阅读|閱讀|点击|點擊|查看|关注|關注|扫码|扫一扫|掃
    分享|上一篇|下一篇|下一頁|下一页|返回|责任编辑|責任編輯|责编|責編|编辑|編輯|校对|审核|监制|作者|记者|撰文|来源
    來源|文章来源|原标题|原標題|图片来源|图源|图自|圖片|图：|图:|图片|圖：|▲|△|摄影|攝影|本文|版权|版權|声明|聲明
    特别声明|免责|免責|举报|舉報|投诉|凡本|凡注明|未经|未經|转载|轉載|联系|聯系|电话|邮箱|标签|標籤|关键词|字号|字體
    收藏|打印|评论|評論|网友|登录|登錄|注册|下载|下載|客户端|app|热门|熱門|最新|猜你|看点|专题|广告|廣告|发布|發布
    时间|時間|日期|浏览|点赞|热点|排行|以上内容|文章内容|温馨提示|展开|收起|全文|二维码|长按|微信|公众号|投稿|欢迎
    新闻热线|首页|当前位置|您的位置|位置：|讯 责编|（责|(责|[责|【责|【编|（编|(编|【延伸|【相关|編按|更多新聞
    看更多|関連|あわせて|続きを|この記事|記事|写真|画像|シェア|フォロー|会員|ログイン|おすすめ|人気|ランキング|広告
    もっと|次の|前の|【関連|【写真|有料|無料|残り|관련|기사|추천|사진|공유|댓글|구독|무단|저작권|ⓒ|많이 본|제보
    전체 맥락|글자|[사진|(사진|читайте|смотрите|подпи|источник|фото|поделит|автор|xem thêm|đọc|nguồn|ảnh
    baca juga|lihat|čtěte|zdroj|źródło|czytaj|fot.|les også|læs|lue_|läs_|artikkelen|følg|del_|cookies|we use
    we value
""")
"""Openings of lines that stand around an article: prompts, credits, labels, notes; `_` for a space at the end."""

NOTICE_WORDS = _words("""
    copyright © terms privacy cookie cookies newsletter newsletters subscribe subscribed subscribing subscription
    subscriptions subscriber subscribers signing sign login views necessarily reflect republish republished
    reproduced permission affiliate commission sponsored advertise advertising advertisement advertisements download
    app follow whatsapp telegram facebook twitter instagram linkedin youtube email e-mail emails disclaimer reserved
    click inbox nutzungsbedingungen datenschutz abonnieren abonnement abonnez reservados riservata riservati
    anmelden konto browser javascript unsubscribe alerts donate donation notifications
""")
"""Words of legal notes, invitations and share prompts, wherever they stand in a line; lower case."""

NOTICE_MARKS = _phrases("""
    版权|版權|不代表|自媒体|特别声明|免责|侵权|举报|投诉|转载|轉載|邮箱|微信|公众号|公眾號|扫描|二维码|客户端|关注
    责任编辑|责编|联系我们|备案|许可证|授权|请注明|存储服务|創作者|无断|無断|転載|무단|재배포|저작권|구독
""")
"""The same in writing without spaces."""
