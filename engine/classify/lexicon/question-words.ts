/** Words questions are made of. See `people-words.ts` for how a list is written. */
export const questionWords = {
  what: `what whats was que qué quoi quel quelle quels quelles cosa che cos qual quais wat welk 什么 啥 何 なに なん 무엇 뭐
    무슨 что какой какая какие какое ne nedir hangi ما ماذا क्या co jaki jaka gì apa vad`,
  who: `who whose whom wer wem wen wessen qui quién quiénes quem chi wie's 谁 誰 누구 누가 кто кому kim من कौन kto`,
  when: `when wann quand cuándo quando wanneer 什么时候 何时 哪年 いつ 언제 когда zaman متى कब kiedy`,
  where: `where wo wohin woher où dónde adónde onde aonde dove waar 哪里 哪儿 在哪 どこ 어디 где куда nerede أين कहाँ gdzie`,
  why: `why warum wieso weshalb pourquoi porqué por-que perché waarom 为什么 为何 なぜ どうして なんで 왜 почему зачем neden niye
    لماذا क्यों dlaczego`,
  how: `how wie comment cómo como come hoe 怎么 如何 怎样 どうやって どうやったら どのように 어떻게 как nasıl كيف कैसे jak`,
  which: `which welche welcher welches welchen lequel laquelle cuál cuáles quale quali welke 哪个 哪些 哪种 どちら どの どれ 어느
    어떤 который которые której`,
  many: `many much wieviel wieviele viele combien cuánto cuánta cuántos cuántas quanto quanta quantos quantas quanti quante
    hoeveel 多少 几个 几 いくつ いくら 何人 何個 何本 何円 何分 몇 얼마 сколько kaç كم कितने कितना ile`,
  is: `is are was were am be been 's ist sind bist war waren bin est sont suis es-tu était étaient êtes es son eres soy era
    eran está están estás estoy é são está estão sou foi è sono sei era erano zijn waren 是 です である ですか 이에요 입니다
    인가요 есть был была были`,
  does: `do does did has have had habe hast hat haben hatte ai as avez avait tiene tienes tengo haces hace hay tem tenho têm
    há ha hai abbiamo ho heb hebt heeft 有 吗 呢 ありますか いますか ますか 있어 있나요 나요 ли`,
  explain: `explain explanation erklär* erläuter* expliqu* explic* explique* spieg* uitleg* 解释 说明 讲解 讲一下 説明 教えて
    解説 설명 알려 объясн* расскажи açıkla* اشرح समझा* wyjaśn*`,
  define: `define definition mean means meaning bedeut* definier* signifi* définiti* définis significa* definici* definição
    definiz* betekent 意思 定义 含义 意味 定義 뜻 의미 정의 значит означает определ*`,
  compare: `compare comparison difference differences different versus vs pros cons advantages disadvantages better
    unterschied* vergleich* vorteile nachteile différence* compar* avantages inconvénients diferencia* diferente ventajas
    desventajas diferença* vantagens differenz* confront* vantaggi svantaggi verschil 区别 比较 对比 优缺点 优点 違い 比較
    メリット 차이 비교 장단점 разниц* отлич* сравн* различ*`,
  describe: `describe description overview introduce introduction background beschreib* décri* describ* descrev* descriv*
    beschrijf 描述 介绍 简介 概述 紹介 概要 소개 описать опиши`,
  tell: `tell know learn understand wissen weiß verstehen sag savoir sais dis comprendre saber sabes dime entender sabe diga
    diz sapere sai dimmi capire weet 告诉 知道 了解 理解 知りたい 分から 知って 알고 모르 알려줘 скажи знаешь узнать понять`,
  work_of: `works work function cause causes reason reasons purpose effect effects role happens happen become funktionier*
    ursache* grund gründe wirkung fonctionne* raison* effet* rôle funciona* causa causas razón efecto* funcionam motivo
    razão efeito* funziona* ragione effetti 原理 原因 作用 影响 仕組み 理由 原因 원리 이유 원인 영향 причин* работает`,
  fact: `capital history president king queen war invented inventor discovered founder founded country countries
    population city century religion planet star species ocean river mountain world first won hauptstadt geschichte
    präsident könig krieg erfunden entdeckt land länder einwohner jahrhundert capitale histoire président roi guerre
    inventé découvert pays population siècle historia presidente rey guerra inventó descubrió país países habitantes siglo
    capital história rei inventou descobriu século storia re guerra inventato scoperto paese secolo abitanti hoofdstad
    首都 历史 总统 皇帝 战争 发明 发现 国家 人口 世纪 朝代 世界 歴史 大統領 戦争 発明 国 人口 世紀 수도 역사 대통령 전쟁 발명
    나라 인구 세기 столиц* истори* президент король войн* изобрё* открыл стран* население век`,
  science: `cell cells dna protein virus bacteria brain heart blood vitamin energy gravity light atom molecule chemical
    reaction climate evolution species quantum black immune muscle sleep hormone zelle* gehirn herz blut energie
    schwerkraft klima cellule* cerveau cœur sang énergie gravité climat célula* cerebro corazón sangre energía gravedad
    clima cérebro coração sangue gravidade cuore cervello sangue 细胞 病毒 大脑 心脏 能量 重力 引力 量子 气候 化学 细菌 細胞
    ウイルス 脳 心臓 エネルギー 重力 量子 気候 세포 바이러스 뇌 심장 에너지 중력 기후 клетк* вирус мозг сердц* энерги* климат`,
  health: `symptom* disease treatment doctor medicine medication diet calories vitamin* pain headache pregnan* surgery
    symptom krankheit arzt medikament* schmerz* kopfschmerz* maladie traitement médecin douleur* enfermedad tratamiento
    médico dolor doença tratamento dor malattia cura medico dolore 症状 疾病 治疗 医生 药 头痛 病気 治療 薬 頭痛 医者 증상 질병
    치료 약 두통 болезн* лечен* врач лекарств* боль`,
  howto: `recipe cook bake clean remove fix install repair grow make steps guide instructions rezept kochen backen putzen
    reinigen anleitung recette cuisiner cuire nettoyer étapes receta cocinar limpiar hornear pasos receita cozinhar limpar
    passos ricetta cucinare pulire passaggi 做法 步骤 教程 怎么做 菜谱 作り方 レシピ 方法 手順 やり方 레시피 방법 만드는 법 рецепт
    приготовить почистить инструкц* способ`,
  law: `law legal tax taxes rights contract visa insurance invest stock stocks inflation interest mortgage bank election
    government constitution recht gesetz steuer* miete versicherung aktien zinsen loi impôt* droit* assurance loyer
    ley impuesto* derecho* seguro alquiler lei imposto* direito* aluguel legge tasse diritt* affitto 法律 税 合同 签证 保险 股票
    通货膨胀 利率 法律 税金 契約 保険 株 법 세금 보험 주식 закон налог* прав* страхов*`,
  options: `true false yes no correct incorrect following statement statements except best answer answers option options
    choose pick richtig falsch vrai faux verdadero falso verdadeiro vero falso 正确 错误 选择 对错 正しい 間違 選んで 맞는 틀린
    правильн* выбери верно`,
} as const;
