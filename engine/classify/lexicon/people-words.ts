/**
 * Words of people talking: who, to whom, in what mood. A list a category, many languages in one list; `*` ends a stem.
 * Chinese, Japanese and Korean entries are found wherever they stand, the others as whole words.
 */
export const peopleWords = {
  i: `i me my mine myself im ich mir mich mein meine meinen meinem meiner je moi mon mes j mi mí mis yo conmigo eu meu
    minha meus minhas comigo io mio mia miei ik mij mijn 我 私 僕 俺 わたし 나는 내가 저는 제가 나의 제 я мне меня мой моя
    моё мои мною ben bana benim bende أنا لي मैं मुझे मेरा मेरी मेरे mnie mój moja moje tôi saya aku jag mig min`,
  you: `you your yours u ur yourself du dir dich dein deine deinen deiner ihnen tu te toi ton tes vous votre vos tú ti
    usted ustedes tus você vocês teu tua tuo tuoi jij jou jouw 你 您 あなた 君 너 넌 너는 네가 당신 ты тебе тебя твой твоя
    вы вас вам ваш sen sana senin siz sizin أنت لك तुम आप तुम्हें ty ciebie tobie bạn kamu anda dig`,
  we: `we us our ours wir uns unser* nous notre nos nosotros nosotras nuestro* nuestra* nós nosso* nossa* noi nostro
    nostra ons onze 我们 咱们 私たち 我々 우리 мы нас нам наш наша biz bizim نحن हम हमारे`,
  they: `he she they him her his their them er sie ihm ihn ihre il elle ils elles lui él ella ellos ellas ele ela eles
    lei loro hij zij 他 她 他们 彼 彼女は 그는 그녀 он она они его её им`,
  can: `can could would kann kannst können könnte könntest könnten peux peut pouvez pourrais pourriez puedes puede puedo
    podrías podría podrian pode pode-me poderia posso puoi potresti può possiamo kun kunt kunnen 可以 能不能 能否 可不可以
    できますか くれますか もらえ 수 있 можешь можете можно мог могли bisa musisz możesz yapabilir`,
  should: `should ought soll sollte sollten sollst dois devrais devrait devriez debería debo deberíamos devo deveria
    dovrei devo moet 应该 该不该 要不要 べき した方が 해야 좋을까 стоит следует powinien`,
  want: `want wanna need needs wish möchte möchten brauche brauchen will's veux voudrais besoin aimerais quiero
    quisiera necesito necesitamos gustaría quero preciso queria gostaria voglio vorrei bisogno nodig 想要 需要 我想 我要 欲しい
    ほしい 必要 したい 싶어 싶은 필요 хочу хотел хотела нужно надо нужен istiyorum lazım أريد चाहिए चाहता potrzebuję chcę`,
  please: `please pls plz kindly bitte svp plaît favor favore gentilmente alstublieft 请 麻烦 帮我 帮忙 ください お願い
    下さい 주세요 해줘 부탁 пожалуйста lütfen proszę من فضلك कृपया xin`,
  greet: `hi hello hey heya hiya yo sup howdy greetings hallo guten servus moin grüß salut bonjour bonsoir coucou hola
    buenas buenos olá oi ola ciao buongiorno buonasera salve hoi 你好 您好 早上好 晚上好 嗨 こんにちは こんばんは おはよう
    やあ 안녕 привет здравствуй* добрый merhaba selam مرحبا السلام नमस्ते cześć xin chào`,
  thanks: `thanks thank thx ty cheers danke dank merci gracias obrigad* grazie bedankt 谢谢 多谢 感谢 ありがとう 고마워
    감사 спасибо teşekkür* شكرا धन्यवाद dzięki`,
  bye: `bye goodbye cya later tschüss tschüs bis au-revoir adieu adiós hasta tchau arrivederci doei 再见 晚安 拜拜 さようなら
    おやすみ またね 잘가 пока до`,
  laugh: `haha hahaha lol lmao rofl hehe jaja jajaja kkk rsrs mdr ptdr 哈哈 呵呵 笑 ww ㅋㅋ ㅎㅎ хаха`,
  feel: `feel feeling feels felt fühl* gefühl* sens ressens siento sentir sinto sento 感觉 感到 心情 気持ち 感じ 気分 느낌
    기분 느껴 чувству* hisse* czuję`,
  sad: `sad lonely alone depress* anxious anxiety stress* tired exhausted bored scared afraid nervous worried upset hurt
    cry crying heartbroken overwhelmed guilty ashamed hopeless miserable angry mad jealous hate awful traurig einsam
    ängstlich angst müde erschöpft gestresst überfordert wütend hasse triste tristesse seul seule fatigué* épuisé* peur
    angoiss* stressé* énervé* solo sola cansad* agotad* miedo enojad* sozinh* ansios* medo stanco stanca paura arrabbiat*
    solitudine verdrietig moe bang 难过 伤心 孤独 寂寞 压力 焦虑 抑郁 郁闷 累 害怕 烦 失眠 寂し 悲し 疲れ 不安 辛い つらい 怖い
    落ち込 외로 슬프 슬퍼 힘들 우울 불안 지쳤 грустн* одинок* устал* боюсь плохо страшно üzgün yalnız smutn*`,
  glad: `happy glad love lovely great awesome amazing nice cool funny excited proud beautiful cute best smart clever froh
    glücklich toll super schön klasse liebe lustig heureux heureuse content contente génial drôle bien feliz contento
    contenta genial divertid* guap* legal ótimo lindo felice contento bello bravo simpatico bravissim* leuk blij 开心 高兴
    喜欢 爱 棒 厉害 好玩 可爱 聪明 嬉し 楽し 大好き すごい 好き 幸せ 행복 좋아 기뻐 재밌 사랑 рад счастлив* люблю классн* круто`,
  family: `mom mum dad mother father parents parent boyfriend girlfriend husband wife ex partner fiancé* sister brother son
    daughter kids friend friends roommate family marriage relationship mutter vater eltern mann frau freund freundin sohn
    tochter schwester bruder familie mère père parents copain copine mari femme fils fille amie ami sœur frère famille
    madre padre novio novia marido esposa hijo hija hermana hermano amigo amiga amigos familia mãe pai namorad* marido
    filho filha irmã irmão mamma papà fidanzat* moglie marito figlio figlia amico amica sorella fratello vriend vriendin
    妈妈 爸爸 父母 男朋友 女朋友 老公 老婆 朋友 孩子 儿子 女儿 婆婆 室友 彼氏 彼女 母 父 友達 夫 妻 息子 娘 両親 남자친구
    여자친구 엄마 아빠 친구 남편 아내 부모 мама папа муж жена друг подруга друзья дети сын дочь parne девушка парень`,
  work: `boss coworker coworkers colleague colleagues job career manager quit fired chef chefin kollege* kollegin job
    kündig* patron collègue* boulot travail jefe jefa trabajo compañero* colega* chefe trabalho emprego capo lavoro
    collega 老板 同事 领导 上司 工作 辞职 仕事 同僚 転職 상사 회사 직장 동료 начальник работ* коллег*`,
  talk: `talk chat speak tell joke listen vent gossip reden quatschen plaudern erzähl* sprechen parler discuter raconte
    hablar charlar conversar cuéntame cuenta falar conversar conta parlare chiacchier* raccont* praten 聊 聊天 说说 倾诉
    讲个 話 話して 雑談 聞いて 이야기 얘기 수다 들어줘 поговор* рассказ* поболта*`,
  opinion: `think opinion believe prefer favorite favourite honest honestly meinst denkst meinung findest magst hältst
    lieblings* penses avis aimes préfères crois piensas opinas opinión parece gusta crees acha gosta opinião pensi piace
    opinione preferit* 觉得 认为 看法 怎么看 最喜欢 思う どう思 好きな 생각 어때 думаешь нравится мнение`,
  advice: `advice tips tip suggest suggestion suggestions recommend recommendation recommendations decide decision rat
    ratschlag tipp tipps empfehl* vorschlag vorschläge entscheid* conseil* recommand* suggestion* décid* consejo* recomiend*
    recomend* suger* decidir conselho* dica dicas indica consigli* suggeri* raccomand* advies tips 建议 推荐 怎么办 该怎么
    おすすめ アドバイス どうしよう どうすれば 추천 조언 어떡해 어떻게 해야 совет* посовет* рекоменд*`,
  help: `help hilf helfen hilfst hilfe aide aider aidez aide-moi ayuda ayúdame ayudar ajuda ajude ajudar aiuto aiutami
    aiutare helpen 帮助 帮 手伝 助けて 도와 도움 помог* помощь yardım ساعد मदद pomóż pomoc`,
  bot: `robot bot bots ai chatbot chatbots assistant human person real alive born name age old computer sleep dream eat
    roboter mensch künstlich geboren schläfst humain vivant robots humano persona edad nombre llamas robô nome idade umano
    chiami anni 机器人 人类 名字 几岁 人工智能 真人 ロボット 人間 名前 何歳 로봇 사람 이름 몇살 робот человек имя зовут`,
  not: `not no never don't nicht kein keine keinen nie pas jamais non ne nunca não nem mai niet geen 不 没 没有 ない ません
    안 못 없 не нет никогда değil yok لا नहीं nie`,
} as const;
