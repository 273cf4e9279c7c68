/** Words of trades: programming, data, acting through tools, mathematics. See `people-words.ts`. */
export const tradeWords = {
  program_language: `python javascript typescript java kotlin golang rust ruby php swift bash powershell perl scala haskell lua
    matlab julia fortran cobol c++ html css react angular vue django flask node nodejs spring laravel rails flutter unity
    dotnet svelte nextjs pytorch tensorflow numpy arduino solidity verilog assembly vba`,
  code: `code function script program class method algorithm variable loop array string object api endpoint server client
    component library package module framework interface backend frontend app website regex repo repository branch commit
    unit tests test parser compiler thread async hook recursion pointer codes funktion skript programm klasse methode
    fonction programme méthode classe función programa clase método código función-es script função classe funzione programma
    codice metodo functie 代码 函数 脚本 程序 方法 算法 数组 接口 变量 前端 后端 网页 组件 コード 関数 スクリプト プログラム 配列 変数
    アプリ 코드 함수 스크립트 프로그램 배열 변수 код функци* скрипт программ* класс метод массив kod fonksiyon دالة برنامج funkcj* skrypt`,
  code_verb: `implement debug refactor compile deploy install configure optimize import run build merge rebase migrate mock
    implementier* debugg* refaktor* kompilier* installier* implément* débog* compil* install* implement* depur* instal* compila
    config* 实现 调试 重构 部署 编译 安装 运行 配置 实现一个 実装 デバッグ リファクタ コンパイル 実行 구현 디버그 리팩토링 배포 실행 реализ*
    отлад* скомпилир* установ* запуск*`,
  error: `error errors bug bugs exception crash crashes traceback fails failing failed broken undefined null warning stacktrace
    segfault timeout fehler fehlermeldung absturz klappt erreur* plante bogue fallo errore falla fehlt erro* errore errori
    fout 报错 错误 异常 崩溃 失败 エラー バグ 例外 動かない 落ちる 에러 오류 버그 안 돼 안돼 ошибк* баг не работает падает hata błąd`,
  operations: `docker kubernetes k8s nginx git github gitlab linux ubuntu terraform aws azure gcp lambda ci pipeline cron ssh
    systemd yaml config dns proxy redis kafka rabbitmq webpack vite npm pip gradle maven jenkins helm ansible webhook oauth jwt
    graphql grpc websocket dockerfile makefile`,
  data: `data dataset datasets dataframe pandas csv excel spreadsheet spreadsheets sheet sheets pivot column columns rows row table
    tables database sql query queries schema vlookup tableau powerbi daten datensatz datensätze tabelle tabellen spalte* zeile*
    abfrage données tableau colonne* ligne* requête base feuille datos tabla tablas columna* fila* consulta hoja dados tabela
    coluna* linha consulta planilha dati tabella colonna* riga query foglio gegevens 数据 表格 表 列 行 数据库 查询 数据集 字段 データ
    表 列 エクセル クエリ データベース スプレッドシート 데이터 표 열 엑셀 쿼리 테이블 данны* таблиц* столб* запрос* баз* veri tablo tabel*`,
  statistics: `average mean median mode correlation regression outlier outliers distribution histogram scatter chart charts plot
    graph trend trends forecast variance deviation cluster percentile significance anova cohort seasonality statistic* analyze
    analyse analysis insights visuali* durchschnitt* mittelwert korrelation diagramm verteilung analysier* auswert* moyenne
    médiane corrélation graphique tendance* analyser répartition promedio media mediana correlación gráfico gráfica tendencia*
    analiza* análisis média mediana correlação gráfico tendência* analis* correlazione grafico andamento tendenz* gemiddelde
    平均 中位数 相关性 趋势 图表 分布 统计 分析 折线图 柱状图 可视化 平均 中央値 相関 グラフ 傾向 分析 集計 可視化 평균 중앙값 상관 그래프 추세
    분석 통계 средн* медиан* корреляц* график* тренд* анализ* проанализир* диаграмм* ortalama średni*`,
  business: `sales revenue profit customers customer churn orders conversion signups sessions employees kpi retention funnel roi
    quarter monthly weekly region regions store stores users umsatz kunden bestellungen quartal filiale* ventes chiffre clients
    commandes trimestre ventas ingresos clientes pedidos trimestre vendas receita-líquida faturamento clientes vendite fatturato
    clienti ordini 销售 销售额 营收 客户 订单 利润 门店 季度 用户 売上 顧客 注文 利益 店舗 四半期 매출 고객 주문 이익 매장 분기 продаж*
    выручк* клиент* заказ* прибыл* satış sprzedaż`,
  per: `per by group grouped total totals highest lowest top sort sorted filter count join pro je nach gruppier* insgesamt summe
    höchste par total tri trier por agrupa* total suma ordena* per totale somma raggruppa* 每个 每月 按 总和 最高 最低 排序 ごと 別
    合計 最大 並べ替え 별로 합계 최고 정렬 по итого сумм* группир* сортир*`,
  act: `book reserve schedule remind order send cancel buy purchase pay open close turn play set add delete remove move rename
    upload download call invite post update check search find browse fetch subscribe restart start stop buche buchen erinner*
    bestell* schick* sende senden storniere öffne schalte stell spiele lösche verschieb* suche ruf réserve* rappelle commande
    envoie* annule* ouvre allume éteins mets lance supprime cherche reserva* recuérdame pide envía* enviar cancela* abre
    enciende apaga pon reproduce borra busca compra reserve agende lembre peça envie cancele abra ligue desligue toque apague
    procure prenota* ricordami ordina invia* manda* annulla apri accendi spegni metti riproduci cancella cerca boek stuur 预订
    预约 订 提醒 发送 发给 取消 购买 打开 关闭 播放 设置 添加 删除 搜索 查一下 帮我查 予約 リマインド 送って 送信 注文 キャンセル 開いて 消して 再生
    追加 削除 検索 調べて 予定 예약 보내 주문 취소 켜줘 꺼줘 재생 추가 삭제 검색 알림 закаж* заброн* отправ* напомн* отмен* включ* выключ*
    удал* добав* найди открой поставь`,
  act_on: `alarm calendar reminder flight flights hotel restaurant appointment meeting inbox ticket tickets slack channel file
    files folder folders directory weather lights thermostat playlist timer taxi uber cart account jira notion drive contact
    wecker kalender flug flüge hotel termin tisch datei* ordner wetter licht lampe taxi réveil calendrier vol vols rendez-vous
    fichier* dossier* météo lumière* alarma calendario vuelo vuelos cita archivo* carpeta* clima tiempo luces luz alarme
    agenda voo voos consulta-médica arquivo* pasta* previsão luzes sveglia volo voli appuntamento cartella cartelle meteo luci
    闹钟 日历 航班 机票 酒店 餐厅 会议 文件 文件夹 天气 空调 灯 外卖 アラーム カレンダー 飛行機 ホテル 会議を 予定を ファイル フォルダ 天気
    電気 エアコン 알람 캘린더 일정 항공권 호텔 식당 파일 폴더 날씨 불 에어컨 будильник календар* рейс билет* отел* ресторан* встречу файл*
    папк* погод* свет`,
  time: `today tomorrow tonight now currently current latest next monday tuesday wednesday thursday friday saturday sunday
    week weekend am pm noon evening morning heute morgen abend jetzt aktuell* nächste* montag dienstag mittwoch donnerstag
    freitag samstag sonntag uhr aujourd hui demain soir maintenant prochain* lundi mardi mercredi jeudi vendredi samedi
    dimanche hoy mañana noche ahora próxim* lunes martes miércoles jueves viernes sábado domingo hoje amanhã agora segunda
    terça quarta quinta sexta oggi domani stasera adesso prossim* lunedì martedì mercoledì giovedì venerdì sabato domenica
    vandaag morgen 今天 明天 今晚 现在 下周 周一 周五 点钟 上午 下午 最新 今日 明日 今夜 今 来週 月曜 金曜 時に 午後 午前 最新の 오늘 내일
    지금 다음주 월요일 금요일 오후 오전 시에 сегодня завтра сейчас вечером утром следующ* понедельник пятниц* bugün yarın jutro dzisiaj`,
  tool: `tool tools api function-call browser terminal shell command execute mcp webpage internet web online werkzeug*
    verfügbar* outil* herramienta* ferramenta* strumenti 工具 浏览器 终端 调用 ツール ブラウザ ターミナル 도구 터미널 инструмент* браузер
    терминал`,
  math_verb: `solve calculate compute evaluate prove simplify integrate differentiate factor expand derive determine lös löse
    berechne* beweise* vereinfache* leite ableit* bestimme résous résoudre calcul* démontr* simplifi* dérive* détermin* résolv*
    resuelve resolver calcul* demuestra* demostrar simplifica* deriva* resolva prove-que risolvi* calcola* dimostra* semplifica*
    los bereken 求 解 计算 证明 化简 求解 求出 解方程 計算 解いて 証明 求めよ 求めて 계산 풀어 증명 구하 구해 реши* вычисл* докаж* найти
    посчита* упрост* hesapla çöz احسب oblicz rozwiąż`,
  math: `equation equations integral derivative function-f triangle circle rectangle square cube polygon angle radius diameter
    area perimeter volume probability polynomial matrix matrices vector eigenvalue* logarithm* fraction fractions prime primes
    integer integers divisible remainder sequence sum product root roots theorem proof inequality limit series modulo factorial
    percent percentage ratio gleichung* dreieck* kreis* fläche umfang wahrscheinlichkeit* ableitung bruch primzahl* summe
    prozent wurzel beweis équation* triangle* cercle* aire périmètre probabilité* dérivée* fraction* pourcent* racine ecuaci*
    triángulo* círculo* área perímetro probabilidad* derivada* fracci* porcentaje raíz equaç* triângulo* probabilidade* fração
    porcentagem raiz equazion* triangolo* cerchio perimetro probabilità frazion* percentuale radice 方程 三角形 圆 面积 周长 概率
    函数f 导数 积分 矩阵 质数 整数 平均分 分数 百分之 余数 方程式 三角形 円の 面積 確率 微分 積分 行列 素数 整数 방정식 삼각형 넓이 확률 미분
    적분 행렬 소수 уравнени* треугольник* окружност* площад* вероятност* производн* интеграл* дроб* процент*`,
  unit: `km miles mile meters metres cm mm kg grams gram liters litres dollars dollar euros euro cents hours hour minutes minute
    seconds days weeks months years mph kmh degrees percent feet foot inches pounds ounces tage stunden minuten jahre meter heures
    minutes jours années mètres euros horas minutos días años metros euros horas minutos dias anos reais ore minuti giorni anni
    千米 公里 米 元 千克 小时 分钟 天 厘米 岁 個 円 分 時間 メートル キロ 人 歳 원 개 시간 분 미터 킬로 명 км метр* рубл* час* минут* дней лет`,
  quantity: `each total left remaining altogether twice thrice half double triple times more fewer less than sum equally shared
    bought sold gave eats costs earns spends travels pays jeweils insgesamt übrig doppelt hälfte mal mehr weniger kostet kauft
    verdient reste restant* double moitié fois plus moins coûte achète gagne quedan total doble mitad veces más menos cuesta
    compra gana restam total dobro metade vezes mais menos custa rimangono totale doppio metà volte più meno costa compra 一共 还剩
    每 各 倍 一半 共 平均每 剩下 買い 合わせて 残り 半分 倍 모두 남은 절반 배 всего осталось вдвое половин* раз больше меньше стоит купил*`,
  logic: `premise puzzle riddle knight knave logic logically valid invalid fallacy implies iff contradiction deduce infer clue
    clues liar rätsel logik logisch folgt énigme logique acertijo lógica lógico enigma charada indovinello logica 逻辑 推理 谜题
    真假 说谎 論理 推理 なぞなぞ パズル 논리 추리 퍼즐 수수께끼 логик* загадк* следует-ли`,
  number: `one two three four five six seven eight nine ten eleven twelve dozen hundred thousand once twice third fourth fifth
    quarter zwei drei vier fünf sechs sieben acht neun zehn hundert drittel viertel deux trois quatre cinq sept huit neuf dix
    cent tiers quart dos tres cuatro cinco seis siete ocho nueve diez cien tercio cuarto dois três quatro sete oito nove dez cem
    terço due tre quattro cinque sei sette otto nove dieci cento terzo 两 二 三 四 五 六 七 八 九 十 百 二つ 三つ 두 세 네 다섯 여섯
    два две три четыре пять шесть семь восемь девять десять треть четверть`,
  condition: `if unless until while suppose assume given let such whether every neither either both wenn falls sofern solange
    bis angenommen jede weder si jusqu tant soit supposons chaque ni sea dado mientras suponga cada seja dado enquanto suponha
    se dato finché supponi ogni 如果 若 假设 设 已知 直到 除非 もし ならば とする とき 만약 라면 동안 если пока пусть допустим каждый`,
  depth: `prove proof derive rigorous* optimal optimiz* optimis* architect* tradeoff* trade-off complexity concurren* deadlock
    distributed scalab* edge asymptotic* theorem comprehensive* thorough* in-depth root-cause nuanced beweis* herleit* optimier*
    nebenläufig* démontre* rigoureu* optimis* demuestr* demostra* riguros* demonstr* rigoros* dimostr* 证明 推导 优化 严格 并发 分布式 架构
    証明 導出 最適化 厳密 並行 증명 최적화 동시성 докаж* оптимиз* строг*`,
  format: `json xml yaml csv-format key-value keys markdown bullet html-table comma separated schema-json output format json-format
    格式 输出 形式 出力 형식 формат* вывод`,
} as const;
