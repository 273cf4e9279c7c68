/** What is to be done with something: verbs and the things they are done to. See `people-words.ts`. */
export const taskWords = {
  translate: `translat* übersetz* tradui* traduc* traduz* tradur* traduci* tradu* vertaal* vertalen 翻译 翻譯 译成 译 翻訳 訳し
    訳して 和訳 英訳 번역 перевед* перевод* перевест* çevir* tercüme ترجم* अनुवाद przetłumacz* tłumacz* dịch terjemah*
    översätt* localiz* lokalisier*`,
  language: `english german french spanish italian portuguese dutch polish russian ukrainian turkish arabic hindi chinese
    mandarin cantonese japanese korean swedish danish norwegian finnish greek latin hebrew vietnamese thai indonesian czech
    hungarian romanian swahili farsi persian tagalog bengali urdu welsh irish catalan croatian deutsch* englisch* französisch*
    spanisch* italienisch* portugiesisch* russisch* chinesisch* japanisch* türkisch* polnisch* anglais allemand français
    espagnol italien portugais chinois japonais russe arabe inglés alemán francés español italiano portugués chino japonés
    ruso inglês alemão francês espanhol português japonês chinês inglese tedesco francese spagnolo portoghese giapponese
    engels duits frans spaans 英文 英语 中文 汉语 日语 日文 法语 德语 西班牙语 韩语 俄语 意大利语 英語 日本語 中国語 韓国語 フランス語
    ドイツ語 スペイン語 영어 한국어 일본어 중국어 프랑스어 독일어 스페인어 английск* русск* немецк* французск* испанск* китайск*
    ingilizce türkçe almanca angielski* polski* niemiecki*`,
  say: `say word phrase expression pronounce spelled wort satz sagt heißt ausdruck mot phrase dit-on palabra frase dice
    palavra diz parola dici zeg 怎么说 单词 这句话 这个词 词 言葉 単語 何と言 言い方 단어 표현 слов* фраз* сказать`,
  summarize: `summar* tldr recap digest synops* condens* distil* zusammenfass* fasse zusammen kurzfassung résum* synthèse
    synthétis* resum* síntesis síntese sintes* riassu* riepilog* samenvat* vat 总结 總結 概括 摘要 归纳 概述一下 要約 まとめて
    まとめ 요약 정리해 резюмир* обобщ* вкратце кратко özet* لخص تلخيص सारांश podsumuj streść streszczen* tóm tắt ringkas*`,
  brief: `short brief briefly shorten shorter concise quick nutshell essence gist kurz kürzer kurze knapp court courte bref
    brève concis corto corta breve brevemente curto curta conciso kort 简短 简要 简单 简洁 一句话 短く 簡潔 簡単 ざっくり 짧게
    간단 간략 한줄 корот* сжат* short-version`,
  points: `points point takeaway takeaways bullet bullets highlights ideas argument arguments conclusions main key essential
    important kernaussagen kernpunkte stichpunkt* hauptpunkte wichtigsten points-clés essentiels principaux puntos clave
    principales pontos principais chave punti chiave principali hoofdpunten 要点 重点 关键 核心 主要 大意 ポイント 要点 箇条書き
    주요 핵심 요점 основн* главн* ключев* пункт*`,
  write: `write draft compose pen writing schreib* verfass* formulier* écri* rédig* escrib* redact* escrev* redij* scriv*
    redigi* schrijf 写 撰写 写作 起草 編 書いて 書く 書き 執筆 써줘 써 작성 напиш* написа* сочин* yaz* اكتب लिख* napisz viết
    tulis* skriv`,
  create: `create make generate build design develop produce come think brainstorm erstell* mach mache machen generier* entwirf
    entwickle bau baue créer crée créez fais faire génère génér* conçois crear crea genera* haz hazme diseña* criar crie
    gere gerar faça creare genera fai progetta maak 生成 创建 制作 做一个 设计 想一个 开发 作って 作る 作成 生成 考えて 만들어 만들
    생성 디자인 созда* сдела* придума* сгенерир* oluştur* yap stwórz zrób buat tạo`,
  rewrite: `rewrite rephrase paraphrase reword polish improve proofread edit correct revise tone grammar sound sounds
    umformulier* umschreib* korrigier* verbesser* überarbeit* reformul* corrige* améliore* reescrib* corrig* mejora* reescrev*
    melhor* riscriv* correggi* migliora* riformul* herschrijf verbeter 改写 润色 修改 改成 优化一下 语法 语气 書き直 添削 推敲 言い換え
    修正 丁寧 다듬 고쳐 수정 바꿔 перепиши* перефраз* исправ* улучш* отредактир*`,
  tone: `funny formal informal polite professional friendly romantic persuasive catchy creative witty humorous inspiring
    heartfelt sarcastic casual warm lustig* förmlich* höflich* freundlich* professionell* kreativ* drôle* formel* poli* amical*
    créatif* divertid* formal amable profesional creativ* educad* amig* divertente formale gentile professionale 幽默 正式
    礼貌 专业 有趣 创意 温馨 面白 丁寧 かわいい フォーマル 재미 정중 창의 официальн* вежлив* смешн* креативн*`,
  poem: `poem poems poetry haiku limerick song lyrics rap sonnet verse rhyme gedicht lied reim songtext poème chanson rime
    poema canción versos canção letra poesia canzone rima gedicht 诗 诗歌 歌词 歌 绝句 俳句 詩 歌詞 短歌 시 노래 가사 стих*
    песн* şiir قصيدة कविता wiersz`,
  story: `story stories tale fairy novel chapter scene plot character characters dialogue fanfic fiction monologue screenplay
    geschichte märchen roman kapitel szene figur dialog krimi histoire conte roman chapitre scène personnage* nouvelle cuento
    historia-corta novela capítulo escena personaje* conto história romance capítulo cena personagem* storia racconto favola
    romanzo capitolo personagg* verhaal sprookje 故事 小说 童话 剧本 角色 对话 人物 物語 小説 童話 ショートストーリー 脚本 이야기를 소설
    동화 рассказ сказк* роман истори* персонаж* hikaye قصة कहानी opowiadanie`,
  letter: `email mail letter message reply response invitation resume cv cover speech toast vows eulogy apology complaint
    resignation linkedin bio text note card e-mail brief nachricht antwort einladung bewerbung lebenslauf rede entschuldigung
    anschreiben lettre courriel mail message réponse invitation discours candidature excuses carta correo mensaje respuesta
    invitación discurso disculpa currículum mensagem resposta convite currículo desculpas lettera messaggio risposta invito
    discorso scuse candidatura 邮件 信 简历 演讲 演讲稿 请假条 邀请函 回复 道歉 检讨 メール 手紙 スピーチ 履歴書 返信 招待状 이메일 편지
    이력서 연설 답장 письм* сообщен* ответ речь резюме приглашен*`,
  marketing: `slogan slogans tagline taglines ad ads headline headlines caption captions tweet tweets post posts blog
    newsletter product landing pitch brand names campaign instagram facebook werbe* werbung slogan anzeige beitrag
    produktbeschreib* publicité annonce accroche anuncio eslogan publicación publicidad anúncio postagem legenda annuncio
    pubblicità didascalia 文案 广告 标语 标题 朋友圈 小红书 推文 品牌 キャッチコピー 広告 タイトル 投稿 ブログ 광고 문구 제목 슬로건 реклам*
    слоган* заголов* пост пост-`,
  essay: `essay paper thesis article report proposal plan outline abstract presentation aufsatz hausarbeit bericht konzept
    gliederung dissertation exposé essai rédaction plan rapport ensayo informe propuesta redacción redação relatório ensaio
    tema saggio relazione 作文 论文 文章 报告 策划 方案 发言稿 总结报告 レポート 作文 論文 企画書 感想文 에세이 보고서 논문 기획안 эссе
    сочинени* доклад статью реферат`,
  roleplay: `act pretend imagine roleplay persona role play simulate suppose stell spiel tu-es imagine joue imagina actúa
    finge interpreta imagine aja finja immagina fingi recita 扮演 充当 假设 假装 角色 想象 なりきって 演じて 想像 役 역할 상상 척
    представь притвор* роль`,
  length: `words word-count sentences lines paragraphs characters pages stanzas wörter wörtern zeilen sätze absätze seiten
    mots lignes phrases paragraphes palabras líneas párrafos frases palavras linhas parágrafos parole righe frasi 字左右 字以内 字
    段 句 文字 行 자 이내 줄 слов предложени* строк* абзац*`,
  extract: `extract extraction pull parse identify retrieve extrahier* auslesen extrai* extraes extraer identifi* extraia extrair
    estrai* estrarre haal 提取 抽取 找出 识别 列出所有 抽出 取り出 抜き出 추출 찾아 извлек* выдел* найди çıkar استخرج wyodrębnij`,
  classify: `classify classification categori* label tag sentiment positive negative neutral spam toxic intent topic urgent
    klassifizier* kategorisier* einordnen stimmung positiv negativ neutral classe classer catégori* étiquet* positif négatif
    clasific* categor* sentimiento positivo negativo neutro classifi* sentimento classifica 分类 归类 情感 正面 负面 标签 类别 分類
    感情 ポジティブ ネガティブ 분류 감정 긍정 부정 классифиц* категор* тональност* позитивн* негативн*`,
  entity: `names name dates date emails addresses address phone numbers number organizations organization companies company
    people locations entities entity fields values amounts prices skills deadlines namen daten adressen telefonnummer*
    firmen personen orte beträge noms dates adresses entreprises personnes lieux montants nombres fechas direcciones empresas
    personas lugares teléfonos nomes datas endereços empresas pessoas nomi date indirizzi aziende persone luoghi 人名 日期 地址
    电话 公司 姓名 金额 地点 实体 名前 日付 住所 電話番号 会社名 金額 人物 이름 날짜 주소 전화번호 회사 금액 имена даты адрес* телефон*
    компани*`,
  list: `list all every each give show provide liste listen alle jede gib zeig liste tous toutes donne montre lista todos todas
    cada dame muestra todo toda dê mostre elenca tutti tutte dammi mostra geef alle 列出 所有 全部 给我 列举 リスト 全て すべて 一覧
    挙げて 목록 모든 나열 список все всех перечисл* дай покажи`,
  material: `text article passage paragraph document report transcript review reviews contract invoice page chapter thread
    meeting minutes notes paper story's lecture podcast video interview speech book artikel absatz dokument bericht protokoll
    rezension vertrag rechnung seite kapitel besprechung texte article passage document rapport avis contrat facture
    réunion compte-rendu texto artículo párrafo documento informe reseña contrato factura reunión acta artigo parágrafo
    relatório avaliação fatura reunião ata testo articolo paragrafo recensione contratto fattura riunione verbale tekst
    文章 文本 段落 文档 报告 评论 合同 发票 会议 记录 全文 论文 文中 文 文章 記事 文書 レビュー 契約書 請求書 会議 議事録 本文 글 기사
    문서 리뷰 계약서 회의 회의록 텍스트 본문 текст* стать* абзац документ* отзыв* договор* встреч* протокол`,
  following: `following below above attached here given based according folgend* unten oben untenstehend* anhang laut suivant*
    ci-dessous dessous dessus siguiente* abajo adjunto según seguinte* abaixo acima anexo segundo seguente seguenti sotto sopra
    allegato secondo volgende hieronder 以下 下面 下列 上面 根据 如下 附件 次の 下記 上記 以下の 다음 아래 위의 следующ* ниже выше
    согласно`,
  this: `this these that those it dies diese dieser dieses diesen diesem ce cet cette ces cela ça este esta esto estos estas
    ese eso isto esse essa isso questo questa questi queste dit deze 这个 这段 这篇 这些 这封 この これ これら 이것 이 글 это этот
    эту эти этого`,
} as const;
