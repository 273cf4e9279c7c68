/**
 * Small words by which a language in Latin letters is told: those that every text has, and some that open a request.
 * A word counts the less the more languages share it.
 */
export const latinWords: Readonly<Record<string, string>> = {
  en: 'the of and to in is that it for you with on are this be was as have not what how can my your from or at an we do if will there which when their would please write make about should could has by but they why give me tell explain does he she hello hi thanks into some where who i am all create using add fix list between help need want its',
  es: 'el la los las de que y en un una por para con no se lo es como más pero su al del me mi este esta esto qué cómo cuál cuándo dónde está son muy hay hola gracias puedes puedo quiero necesito favor sobre entre también ser tengo hacer escribe dime explica hasta cuando desde todo tu yo nos si sin ya donde han fue explícame dame resume traduce palabras',
  fr: 'le la les de des du et en un une que qui est pour dans pas sur avec ce cette au aux par plus ne il elle nous vous je tu mais ou où sont être mon ma mes votre vos quel quelle comment pourquoi bonjour merci peux pouvez avez faire fait écris leur ont si tout comme quoi cela ça moi quand puis donne explique résume traduis texte s’il plaît j ai c est d l qu n',
  de: 'der die das und in zu den ist nicht von mit ein eine einen einem einer des im dem auf für sich auch es an als wie aus bei nach wird ich du sie wir ihr mein meine kann können was wo warum wenn aber oder hallo danke bitte haben hat sind war werden über dass schreibe schreib mir mich noch nur zum zur vom diese dieser dieses gibt machen erkläre welche um bis durch habe möchte brauche text fasse zusammen übersetze',
  it: 'il lo la i gli le di che e è in un una per con non si del della dei delle nel nella al alla da dal come più ma sono mi ti ci questo questa cosa quale quando dove perché ciao grazie puoi posso vorrei scrivi fare ho hai ha anche se su tra sul sulla dimmi spiega molto suo mio essere quanto tutti ogni spiegami traduci riassumi fammi testo',
  pt: 'o a os as de do da dos das que e em um uma para por com não se no na nos nas ao à é mais mas como foi ser são eu você meu minha isso este esta qual quando onde porque olá obrigado pode posso quero preciso favor sobre escreva fazer tem também me muito está até sem seu sua entre já ele ela faça explique oi texto traduza resuma vocês então',
  nl: 'de het een en van in is dat op te zijn voor met niet aan er om ook als maar door over bij uit naar ik je jij wij we hij ze mijn jouw kan kun wat hoe waar waarom wanneer welke hallo bedankt graag alsjeblieft schrijf heb hebt heeft deze dit die tot worden wordt nog wel geen mij zou moet uitleg tussen maak leg tekst vertaal vat samen',
  sv: 'och att det i är en ett som på för med av inte den till jag du vi han hon de om men har kan var när vad hur varför vilken från vid eller så mig dig min mitt hej tack snälla skriv ska också bara efter än detta denna mycket finns bli under mellan över någon alla gör förklara skulle texten',
  da: 'og at det i er en et som på for med af ikke den til jeg du vi han hun de om men har kan var når hvad hvordan hvorfor hvilken fra ved eller så mig dig min mit hej tak venligst skriv skal også kun efter end dette denne meget findes blive under mellem over nogen alle gør forklar ville blev nogle hvornår hvor teksten sammenfat',
  no: 'og at det i er en et som på for med av ikke den til jeg du vi han hun de om men har kan var når hva hvordan hvorfor hvilken fra ved eller så meg deg min mitt hei takk vennligst skriv skal også bare etter enn dette denne mye finnes bli under mellom over noen alle gjør forklar ville ble hvor vær teksten oppsummer',
  fi: 'ja on ei että se hän en minä sinä me te he oli mutta kun jos niin kuin tai myös vain mikä mitä miten miksi missä milloin kuka tämä tuo olla ovat voi voitko minun sinun kiitos hei moi ole kirjoita kanssa jälkeen ennen kaikki enemmän joka jotka sitten nyt selitä haluan tarvitsen minulle tekstin',
  pl: 'i w na z się nie to jest że do jak o co po za ale od dla tak czy który która które jego jej ja ty my są był było być mam masz może mogę jak kiedy gdzie dlaczego dzień dobry cześć dziękuję proszę napisz mi mój moja ten ta te tego przez tylko bardzo oraz jaki jaka wyjaśnij przetłumacz tekst podaj',
  cs: 'a v na se je že to do s z o i jak co po za ale od pro tak jsem jsi jsou byl bylo být mám máš může mohu kdy kde proč který která které jeho její já ty my ten ta tento tato ahoj děkuji dobrý den prosím napiš mi můj moje také jen velmi nebo při aby bych vysvětli přelož text není',
  sk: 'a v na sa je že to do s z o aj ako čo po za ale od pre tak som si sú bol bolo byť mám máš môže môžem kedy kde prečo ktorý ktorá ktoré jeho jej ja ty my ten tá tento táto ahoj ďakujem dobrý deň prosím napíš mi môj moje tiež len veľmi alebo pri aby by vysvetli prelož text nie',
  ro: 'și în de la cu o un pe să nu este că din pentru care mai ce cum sunt se am ai a al ale lui ei eu tu noi voi el ea dar sau dacă când unde bună salut mulțumesc rog te scrie îmi mi vreau pot poți acest această prin după foarte fi fost are au textul explică ca si sa în',
  hu: 'a az és hogy nem is egy van volt ez azt de meg csak mint már még ha vagy én te mi ti ők hogyan mit miért hol mikor melyik szia helló köszönöm kérem kérlek írj nekem az lehet kell nagyon minden után között szeretnék tudsz magyarázd ezt szöveget olyan fel el ki be',
  tr: 've bir bu da de için ile ne çok var daha gibi ama ben sen biz siz o mi mı mu mü değil olarak nasıl neden nerede hangi kadar sonra önce merhaba teşekkürler lütfen yaz bana benim senin olan her şey en ya veya istiyorum bunu şu eğer yok ki misin açıkla metni özetle',
  id: 'yang dan di ini itu dengan untuk dari tidak adalah pada ke dalam akan saya anda kamu kami kita mereka apa bagaimana mengapa kenapa dimana kapan bisa dapat ada juga atau sudah belum lebih oleh halo terima kasih tolong buat tulis jelaskan sebuah seperti karena jika aku dia mau buatkan teks',
  vi: 'và của là có không cho một các trong được với này những để người tôi bạn anh em chúng ta khi như thế nào tại sao gì ở đâu đã sẽ đang rất cũng thì mà hay hoặc từ đến xin chào cảm ơn vui lòng hãy viết giải thích làm',
  ca: 'el la els les de que i en un una per amb no es com més però al del em meu aquest aquesta això què quin quina quan on són hi ha hola gràcies pots puc vull necessito sobre entre també ser tinc fer escriu si us plau dels als molt ho ens resum text',
  hr: 'i u na je se da to za od s sa o kao što ne su bi ali iz po koji koja koje bio bilo biti imam može mogu kada gdje zašto kako ja ti mi on ona ovaj ova ovo bok hvala dobar dan molim napiši mi moj moja također samo vrlo ili pri ako objasni prevedi tekst nije sam si',
};

/** Letters that hardly any other language writes, and how much one of them says. */
export const latinLetters: readonly (readonly [string, string, number])[] = [
  ['ß', 'de', 2],
  ['ñ', 'es', 1.2],
  ['¿¡', 'es', 3],
  ['ãõ', 'pt', 1.2],
  ['œ', 'fr', 2],
  ['êèû', 'fr', 0.4],
  ['łżźśąę', 'pl', 1.5],
  ['řěů', 'cs', 1.5],
  ['ľĺŕô', 'sk', 1],
  ['őű', 'hu', 2],
  ['ğı', 'tr', 1.5],
  ['ş', 'tr', 0.8],
  ['șț', 'ro', 2],
  ['ăâî', 'ro', 0.3],
  ['đơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ', 'vi', 2],
  ['ćđ', 'hr', 0.8],
  ['ø', 'no', 0.5],
  ['ø', 'da', 0.5],
  ['æ', 'da', 0.5],
  ['æ', 'no', 0.4],
  ['å', 'sv', 0.4],
  ['å', 'da', 0.4],
  ['å', 'no', 0.4],
  ['ä', 'fi', 0.3],
  ['ä', 'de', 0.3],
  ['ä', 'sv', 0.3],
  ['ü', 'de', 0.3],
  ['ö', 'sv', 0.2],
  ['à', 'it', 0.3],
  ['ò', 'it', 0.8],
  ['·', 'ca', 0.5],
];

export const cyrillicWords: Readonly<Record<string, string>> = {
  ru: 'и в не на что как это с по я но из у за от так же мне мы вы он она они для или если бы есть был была были где когда почему какой привет спасибо пожалуйста напиши объясни можно нужно чтобы мой также очень до при о к переведи текст сделай расскажи',
  uk: 'і в не на що як це з по я але із у за від так же мені ми ви він вона вони для або якщо би є був була були де коли чому який привіт дякую будь ласка напиши поясни можна потрібно щоб мій також дуже до при та й переклади текст',
  bg: 'и в не на че как това с по аз но от за така ми ние вие той тя те или ако би е беше където кога защо какъв здравей благодаря моля напиши обясни може трябва да моят също много до при са се ще което какво съм преведи текста към',
  sr: 'и у не на што како то са по ја али из за од тако ми ви он она они или ако би је био била где када зашто који здраво хвала молим напиши објасни може треба да мој такође врло до при су се шта сам ће',
  be: 'і у не на што як гэта з па я але ад так мне мы вы ён яна яны для або калі б ёсць быў дзе чаму які прывітанне дзякуй калі ласка напішы можна трэба каб мой таксама вельмі да пры',
};

export const cyrillicLetters: readonly (readonly [string, string, number])[] = [
  ['ыэё', 'ru', 1],
  ['ыэё', 'be', 0.5],
  ['їєґ', 'uk', 2],
  ['і', 'uk', 0.8],
  ['і', 'be', 0.6],
  ['ў', 'be', 2],
  ['јљњћђџ', 'sr', 2],
  ['ъ', 'bg', 0.6],
  ['щ', 'bg', 0.1],
];
