import { describe, expect, it } from 'vitest';
import { languageOf } from '#engine/signals/language/index.ts';

describe('the language of a text', () => {
  it.each([
    ['en', 'Please summarize the following article in three bullet points.'],
    ['en', 'What is the capital of France?'],
    ['es', '¿Cuál es la diferencia entre estos dos métodos?'],
    ['es', 'necesito ayuda con mi tarea de matemáticas'],
    ['fr', 'Peux-tu résumer ce texte en deux phrases ?'],
    ['fr', "J'ai besoin d'une lettre de motivation pour un poste de comptable."],
    ['de', 'Kannst du mir bitte diesen Satz ins Englische übersetzen?'],
    ['de', 'Was ist der Unterschied zwischen Strom und Spannung?'],
    ['it', 'Come posso installare questa libreria sul mio computer?'],
    ['pt', 'Você pode explicar como funciona a fotossíntese?'],
    ['nl', 'Kun je deze tekst voor mij samenvatten?'],
    ['sv', 'Kan du förklara hur en motor fungerar?'],
    ['da', 'Hvad er hovedstaden i Danmark, og hvornår blev den grundlagt?'],
    ['no', 'Hva er hovedstaden i Norge, og når ble den grunnlagt?'],
    ['fi', 'Voitko selittää, miten tämä koodi toimii?'],
    ['pl', 'Czy możesz wyjaśnić, jak działa ten kod?'],
    ['cs', 'Můžeš mi vysvětlit, jak to funguje?'],
    ['ro', 'Poți să îmi explici cum funcționează acest cod?'],
    ['hu', 'Kérlek, magyarázd el, hogyan működik ez a kód.'],
    ['tr', 'Bu kodun nasıl çalıştığını bana açıklar mısın?'],
    ['id', 'Tolong jelaskan bagaimana cara kerja kode ini.'],
    ['vi', 'Bạn có thể giải thích đoạn mã này không?'],
    ['ru', 'Объясни, пожалуйста, как работает этот код.'],
    ['uk', 'Поясни, будь ласка, як працює цей код.'],
    ['bg', 'Моля, обясни ми как работи този код.'],
    ['el', 'Μπορείς να εξηγήσεις αυτόν τον κώδικα;'],
    ['he', 'אתה יכול להסביר את הקוד הזה?'],
    ['ar', 'هل يمكنك شرح هذا الكود؟'],
    ['fa', 'لطفاً این کد را توضیح بده.'],
    ['hi', 'कृपया इस कोड को समझाइए।'],
    ['th', 'ช่วยอธิบายโค้ดนี้หน่อย'],
    ['ja', 'このコードを説明してください。'],
    ['ja', '東京の人口は?'],
    ['ko', '이 코드를 설명해 주세요.'],
    ['zh', '请解释一下这段代码。'],
    ['zh', '用Python写一个快速排序函数'],
  ])('is %s: %s', (language, text) => {
    expect(languageOf(text)).toBe(language);
  });

  it.each(['', '42', 'ok', 'Berlin', 'x = y + 1', 'Kubernetes Terraform', '🙂'])(
    'cannot be told from so little: %j',
    (text) => {
      expect(languageOf(text)).toBe('und');
    },
  );

  it('is told from what is said around a block of code, not from the code before it', () => {
    const code = '```python\nfor i in range(10):\n    print(i)\n```\n';
    expect(languageOf(`${code}Warum gibt das hier nicht die Zahlen bis zehn aus?`)).toBe('de');
  });

  it('takes the same time for any length, since only beginning and end are looked at', () => {
    const question = 'Was steht in diesem Dokument und worum geht es in der Mitte?';
    expect(languageOf(`${question} ${'lorem ipsum '.repeat(100_000)}`)).toBe('de');
  });
});
