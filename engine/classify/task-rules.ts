/**
 * Hints a person would look for, as inputs of the model (their weight is learned, so a rule need not be right).
 * All run on lower-cased text. `ends` sees only the beginning and the end, where the instruction stands;
 * `all` sees the whole cut text. Their order is the order of model rows: retrain after any change.
 */
export interface TaskRule {
  readonly sees: 'ends' | 'all';
  readonly pattern: RegExp;
}

const ends = (pattern: RegExp): TaskRule => ({ sees: 'ends', pattern });
const all = (pattern: RegExp): TaskRule => ({ sees: 'all', pattern });

const languages =
  'english|german|french|spanish|farsi|persian|hebrew|vietnamese|thai|indonesian|danish|norwegian|finnish|czech|hungarian|romanian|italian|portuguese|dutch|polish|russian|ukrainian|turkish|arabic|hindi|chinese|mandarin|japanese|korean|swedish|latin|greek|deutsch|deutsche|englisch|englische|französisch|spanisch|italienisch|anglais|allemand|français|espagnol|italien|inglés|alemán|francés|español|inglês|alemão|francês|espanhol|inglese|tedesco|francese|spagnolo';

const translation: readonly TaskRule[] = [
  ends(
    /translat|übersetz|\btradui|\btraduc|\btraduz|\btradur|翻译|翻譯|译成|訳し|翻訳|和訳|英訳|번역|перевед|перевод|ترجم/,
  ),
  ends(
    new RegExp(
      `\\b(?:in|into|to|using|auf|ins|en|al|em|para|au|nach)\\s+(?:${languages})\\b|\\b(?:${languages}) (?:version|translation|word|equivalent) |英文|英语|中文|日语|英語に|日本語に|영어로`,
    ),
  ),
  ends(
    /how (?:do|would|to) (?:you |i |we )?say|wie sagt man|wie heißt .{1,40} auf|comment (?:dit-on|dire)|cómo se dice|como se diz|come si dice|怎么说|って何て言/,
  ),
  ends(/^\W*(?:[a-z]{2,10})\s*(?:->|→|=>)\s*[a-z]{2,10}\b/),
];

const summarization: readonly TaskRule[] = [
  ends(
    /summar[iy]|\btl;?dr\b|\bdigest\b|\babstract\b|\bsum (?:it|this|that)? ?up\b|nutshell|too long|short version|what does (?:this|it) say|distil|\brecap\b|zusammenfass|\bfass[et]*\b.{0,60}zusammen|résum|\bresum|riassu|总结|總結|概括|摘要|要約|まとめ|요약|резюмир/,
  ),
  ends(
    /key (?:points|takeaways|ideas|facts)|main (?:points?|ideas?|arguments)|takeaways|\bgist\b|condens|shorten|boil (?:it|this|that) down|in (?:a|one|two|three|five|\d+) (?:sentences?|bullets?|bullet points|lines)|kernaussagen|stichpunkt|puntos (?:clave|principales)|points (?:clés|essentiels)|pontos principais|punti (?:chiave|principali)|要点|重点|요점/,
  ),
];

const code: readonly TaskRule[] = [
  all(/```|~~~/),
  ends(
    /\b(?:python|java(?:script)?|typescript|kotlin|c\+\+|c#|golang|rust|ruby|php|swift|bash|powershell|html|css|react|django|docker|kubernetes|nginx|git(?:hub)?|regex|npm|linux|ubuntu|terraform|flask|node\.?js|vue|angular|laravel|lambda)(?![a-z])/,
  ),
  all(
    /(?:^|\n)\s*(?:def |class |function |const |let |var |import |from \w+ import|public |private |static |#include|using |package |async |fn |impl |if \(|for \(|return |select \()|=>|\(\) \{|\);|<\/\w+>/,
  ),
  all(
    /traceback|exception|stack ?trace|segfault|segmentation fault|undefined (?:is not|reference)|error:|cannot find|command not found|exit code|econnrefused|panic:|npm err|fatal:|\berrno\b|null ?pointer/,
  ),
  ends(
    /\b(?:function|script|method|code|bug|debug|compil|refactor|unit tests?|endpoint|algorithm|repo|branch|deploy|dockerfile|yaml|config|cron|linter|component|backend|frontend|server|funktion|skript|fonction|función|função|funzione|código|codice)|代码|程序|函数|脚本|报错|コード|関数|スクリプト|エラー|코드|함수/,
  ),
  ends(
    /\b(?:implement|debug|refactor|fix|write|create|build|make|schreib|écris|escribe|escreva|scrivi)\b.{0,40}\b(?:function|script|program|class|method|app|code|api|bot|tests?|regex|component|website|funktion|skript|programm|fonction|función|função|funzione)\b/,
  ),
  all(
    /\w\.(?:py|jsx?|tsx?|java|cpp|go|rs|rb|sh|ya?ml|toml|html|css|php|conf)\b|(?:^|\s)(?:sudo|apt|pip|npm|git|docker|kubectl|curl|ssh|chmod|systemctl)\s/,
  ),
];

const dataAnalysis: readonly TaskRule[] = [
  all(
    /\bsql\b|\bselect\b[^.]{1,80}\bfrom\b|group by|(?:left|inner|outer) join|postgres|mysql|sqlite|bigquery|snowflake|create table|schema:|tables?:/,
  ),
  all(/\.(?:csv|xlsx?|parquet|tsv)\b/),
  all(/^(?:[^\n,]{0,40},){2,}[^\n]*\n(?:[^\n,]{0,40},){2,}|^\s*\|.*\|\s*\n\s*\|/m),
  ends(
    /\b(?:datasets?|data ?frames?|pandas|csv|excel|spreadsheets?|google sheets?|pivot|columns?|rows|vlookup|power ?bi|tableau|datensatz|daten|tabelle|spalten?|colonnes?|données|datos|columnas?|tabla|dados|planilha|coluna|tabella|dati)\b|表格|数据|數據|データ|데이터|엑셀/,
  ),
  ends(
    /histogram|scatter|(?:bar|pie|line) ?chart|\bplot\b|visuali[sz]|correlation|regression|outliers?|p-value|t-test|anova|standard deviation|\bmedian\b|time series|forecast|cluster|\bchurn|cohort|a\/b test|\bkpi|\btrends?\b|durchschnitt|moyenne|promedio|média|media\b|平均|趋势|相关性|图表|グラフ/,
  ),
  ends(
    /\b(?:by|per|each) (?:month|year|week|quarter|day|region|country|category|customer|product|department|store|team|user)\b|\btop (?:\d+|three|five|ten)\b|\b(?:sales|revenue|orders|customers|conversion|signups|sessions|employees)\b/,
  ),
];

const agentTools: readonly TaskRule[] = [
  ends(
    /toolformer|available tools|function call|you have access to|use (?:the|your|a) [\w-]{0,20} ?(?:tool|api|function|browser|terminal)|tool_?call|\bmcp\b/,
  ),
  ends(
    /\b(?:book|reserve|order|schedule|remind me|cancel my|buy|purchase|subscribe|unsubscribe)\b|set (?:a|an|the|my) (?:alarm|timer|reminder|thermostat)|turn (?:on|off|up|down)|send (?:a|an|the|this|him|her|them|my) ?(?:email|e-mail|message|text|sms|invite|slack)?|add .{1,60} to (?:my|the) (?:calendar|cart|list|playlist|board|sheet)|find (?:me )?(?:a )?flights?|play (?:some|the|my)/,
  ),
  ends(
    /\bright now\b|\bcurrent(?:ly)?\b|\btoday'?s?\b|\btomorrow\b|\btonight\b|\blatest\b|near me|\bnearby\b|next (?:monday|tuesday|wednesday|thursday|friday|week)|\bat \d{1,2} ?(?:am|pm|:)/,
  ),
  ends(
    /\b(?:run|execute|delete|remove|move|copy|rename|list|grep|commit|push|merge|open|close|upload|download|restart|check|create|update|fetch|retrieve|search)\b.{0,40}\b(?:files?|folder|directory|repo|branch|tickets?|issues?|pull requests?|pr|terminal|container|instance|account|calendar|inbox|emails?|database|channel|website|web|internet|api|server|status)\b/,
  ),
  ends(
    /erinner.{0,3} mich|\bbuch(?:e|en)\b|wecker|\bstell.{0,30}termin|rappelle-moi|réserve|envoie|recuérdame|reserva|envía|manda(?:le)?\b|me lembr|agende|envie|ricordami|prenota|invia|提醒我|预订|预约|帮我订|发送|发邮件|打开|予約|リマインド|送信|알려줘|예약|보내/,
  ),
];

const mathReasoning: readonly TaskRule[] = [
  all(
    /\d\s*[-+*/×÷^]\s*\d|=\s*\?|\b[xyn]\s?[-+=^<>²]|\\(?:frac|sqrt|int|sum|begin|cdot|le|ge|times|text)|\$[^$\n]{1,80}\$|√|∫|∑|π/,
  ),
  ends(
    /\b(?:solve|equations?|integral|integrate|derivative|differentiate|factori[sz]e|polynomial|matrix|eigenvalue|probability|triangle|circle|rectangle|prove|proof|theorem|simplify|remainder|primes?|divisible|modulo|calculate|compute|evaluate|percent(?:age)?|gleichung|berechne?|wahrscheinlichkeit|beweise|équation|calcule[rz]?|dérivée|probabilité|ecuación|calcula|probabilidad|equação|equazione|calcola|probabilità)\b|计算|方程|求|证明|概率|計算|方程式|解いて|証明|確率|계산|방정식|확률/,
  ),
  ends(
    /\bhow (?:many|much|long|far|old|fast|tall)\b|\bwie (?:viele?|lange|weit|alt)\b|\bcombien\b|\bcu[áa]nt[oa]s?\b|\bquant[oaie]s?\b|多少|几个|いくつ|何個|何分|몇/,
  ),
  ends(
    /\d+ ?(?:%|percent|km|miles?|met(?:er|re)s?|cm|kg|grams?|liters?|dollars|euros?|€|cents|hours?|minutes?|days|years|mph|元|米|千克|小时|個|円|分)|[$€£]\d/,
  ),
  ends(
    /premise|syllogism|puzzle|riddle|knaves?|\boptions:|if and only if|true or false|valid or invalid|contradict|logically|stands? (?:left|right|next)|taller than|older than|rätsel|énigme|acertijo|indovinello|逻辑|推理/,
  ),
];

const extraction: readonly TaskRule[] = [
  ends(
    /extract|pull out|identify (?:all|the|any|every)|\blist (?:all|every|each|the|any)\b.{0,40}\b(?:in|from|mentioned|named|above|below)\b|classif|categori[sz]|\blabel\b|\btag\b|\bparse\b|named entit|entities|sentiment|\bspam\b|\bintent\b|toxic|which .{1,30} (?:is|are) (?:named|mentioned)|extrahier|klassifizier|kategorisier|extrai|extraes?\b|clasific|estrai|提取|抽取|分类|分類|抽出|找出|추출|분류|извлеки/,
  ),
  ends(
    /\b(?:from|in|based on|according to|given|using|read) (?:the |this |these )?(?:following|above|below|text|passage|article|paragraph|e-?mail|reviews?|sentence|context|document|invoice|contract|transcript|tweet|message|ticket|cv|resume)\b|(?:aus|in) (?:dem|diesem|der|dieser) (?:text|e-?mail|rechnung|vertrag)|du texte|del texto|do texto|dal testo|文中|从下面|以下の文|次の文/,
  ),
  ends(/\bjson\b|\bxml\b|key-value|comma[- ]separated/),
  all(
    /(?:^|\n)\s*(?:context|passage|text|document|article|paragraph|reviews?|tweet|sentence|e-?mail|input|question|premise|dialogue|invoice|message)\s*:/,
  ),
];

const creativeWriting: readonly TaskRule[] = [
  ends(
    /\b(?:write|draft|compose|pen|create|generate|craft|come up with|give me|make|need|tell)\b.{0,50}\b(?:story|stories|poem|song|lyrics|rap|essay|e-?mail|letter|blog|posts?|article|speech|dialogue|haiku|limerick|jokes?|slogans?|taglines?|captions?|tweets?|headlines?|bio|resume|ads?|description|names|toast|novel|chapter|scene|plot|character|invitation|announcement|newsletter|proposal|pitch|message|script for|press release|fairy ?tale|monologue|vows|eulogy)\b/,
  ),
  ends(
    /rewrite|rephras|paraphras|reword|proofread|\bpolish\b|make (?:this|it|that|my) .{0,20}(?:sound|more|less|shorter|longer|better|friendl|formal)|grammar|\btone\b|umformulier|formulier|umschreib|korrigier|reformul|corrige|reescrib|reescrev|melhore|mejora|riscriv|correggi|改写|润色|修改|書き直|添削|다듬|고쳐/,
  ),
  ends(
    /\bact as\b|pretend|\bimagine\b|role[- ]?play|^you are an?\b|take (?:on )?the role|persona|扮演|充当|担任|なりきって/,
  ),
  ends(
    /\bschreib|verfass|\bentwirf|rédige|écri[st]|escrib|redact|escrev|redij|\bscrivi|写一|写个|写封|写篇|帮我写|撰写|作文|書いて|써\s?줘|작성|напиши|gedicht|geschichte|poème|histoire|lettre|poema|cuento|carta|história|poesia|storia|lettera|诗|故事|文案|詩|物語|小説|소설/,
  ),
  ends(/\b\d{2,4}[- ]?(?:words?|wörter|mots|palabras|palavras|parole)\b|\d+ ?字/),
];

const knowledgeQa: readonly TaskRule[] = [
  ends(/^\W*(?:who|what|when|where|which|why|is|are|does|do|did|was|were|has|have|can)\b/),
  ends(
    /\bexplain|what(?:'s| is| are)\b|difference between|how (?:does|do|did)\b|why (?:is|are|do|does|did)\b|\bdefin|meaning of|tell me about|\bdescribe\b|history of|pros and cons|\bcompare\b|erklär|unterschied|expli[qc]|différence|diferencia|diferença|spiega|differenza|解释|区别|介绍|説明|違い|설명|차이/,
  ),
  ends(
    /^\W*(?:wer|was|wann|wo|warum|wieso|wie|welche[rs]?|qui|que|qu'|quoi|quand|où|pourquoi|comment|quel(?:le)?s?|quién|qué|cuándo|dónde|por qué|cómo|cuál|quem|o que|quando|onde|por que|como|qual|chi|che cos|cos'è|dove|perché)\b|是什么|为什么|怎么|如何|什么是|谁|哪|とは|なぜ|どうして|誰|何ですか|무엇|왜|누구|어떻게|почему|что такое/,
  ),
  ends(/\bhow (?:to|can i|do i|should i)\b|steps to|best way to|\btips (?:for|on)\b|recipe|\bsymptoms\b/),
  ends(/\n\(?[a-d][).:]\s/),
];

const conversation: readonly TaskRule[] = [
  ends(
    /^\W*(?:hi|hello|hey+|yo|sup|good (?:morning|evening|night|afternoon)|thanks?|thank you|thx|bye|goodbye|ok(?:ay)?|lol|haha|hallo|guten|servus|moin|danke|tschüss?|salut|bonjour|bonsoir|merci|hola|buen[oa]s|gracias|olá|oi|obrigad[oa]|bom dia|ciao|grazie|buongiorno)\b|^\W*(?:你好|您好|谢谢|早上好|晚安|哈哈|こんにちは|こんばんは|ありがとう|おはよう|안녕|고마|привет|спасибо)/,
  ),
  ends(
    /\bare you\b|\bdo you (?:like|love|have|know|feel|think|want|believe|ever|remember|dream|sleep|eat)\b|\byour (?:name|favou?rite|opinion|age|job|day|creator|birthday)\b|who (?:are|made|created|built) you|\byou(?:'re| are) (?:so|not|very|really|the|my)\b|bist du|hast du|magst du|es-tu|tu (?:es|aimes|as)\b|eres\b|tienes\b|você (?:é|gosta|tem)|sei (?:un|tu)|你是|你会|你喜欢|君は|あなたは|너는|넌/,
  ),
  ends(
    /\bi(?:'m| am)? (?:feel|feeling|sad|lonely|bored|tired|scared|nervous|so|really|just)\b|lonely|depress|anxi(?:ous|ety)|stress(?:ed|ing)|heartbroken|crying|overwhelmed|burn(?:ed|t)? out|miss (?:him|her|them|my)|traurig|einsam|überfordert|triste|seul[e]?\b|solo\b|ansios|难过|孤独|压力|郁闷|寂し|悲し|疲れ|외로|슬프|힘들/,
  ),
  ends(
    /\bmy (?:boyfriend|girlfriend|husband|wife|mom|mum|dad|mother|father|parents|boss|friends?|best friend|ex|partner|sister|brother|son|daughter|roommate|marriage)\b|mein(?:e)? (?:freund|mann|frau|mutter|chef)|mon (?:copain|mari|chef)|ma (?:copine|femme|mère)|mi (?:novi[oa]|marido|esposa|madre|jefe)|me[ui] (?:namorad|marido|chefe)|男朋友|女朋友|老公|老婆|彼氏|彼女|남자친구|여자친구/,
  ),
  ends(
    /\bshould i\b|what do you think|any advice|\badvice\b|help me decide|know what to do|want to talk|just (?:need|want) (?:someone|to)|soll(?:te)? ich|dois-je|devrais|debería|deveria|dovrei|该不该|怎么办|どうしよう|어떡하/,
  ),
];

export const taskRules: readonly TaskRule[] = [
  ...translation,
  ...summarization,
  ...code,
  ...dataAnalysis,
  ...agentTools,
  ...mathReasoning,
  ...extraction,
  ...creativeWriting,
  ...knowledgeQa,
  ...conversation,
];
