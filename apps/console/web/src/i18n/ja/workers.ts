import type { workers as en } from "../en/workers.ts";
import type { TextsOf } from "../texts.ts";

export const workers: TextsOf<typeof en> = {
  title: "ワーカー",
  empty: "1日以内に応答したワーカーはありません。起動してください:",
  live: "稼働中",
  gone: "応答なし",
  stopped: "停止",
  goneHint: "{{ago}}から応答がありません。実行していたものは別のワーカーが再び実行します。",
  summary_other: "稼働中のワーカー{{count, number}}台",
  summaryGone_other: "1日以内に{{count, number}}台が応答なし",
  version: "バージョン",
  pid: "プロセス",
  uptime: "稼働時間",
  ranFor: "稼働していた時間",
  heartbeat: "最後の応答",
  memory: "メモリ",
  processors: "プロセッサー",
  noProcessors: "なし（振り分けのみ）",
  running: "実行中",
  idle: "現在はありません。",
  runningMore: "ほかにもあります（最初の{{count, number}}件を表示）",
  job: "イベント",
  processor: "プロセッサー",
  since: "経過",
  off: "ここでは停止",
  unknown: "不明",
};
