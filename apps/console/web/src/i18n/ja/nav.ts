import type { nav as english } from "../en/nav.ts";
import type { TextsOf } from "../texts.ts";

export const nav: TextsOf<typeof english> = {
  label: "メイン",
  overview: "概要",
  dead: "デッドレター",
  discarded: "破棄済み",
  runs: "一括実行",
  events: "イベント",
  backfill: "バックフィル",
  processors: "プロセッサー",
  workers: "ワーカー",
  audit: "監査ログ",
  erase: "消去",
  open: "メニューを開く",
  close: "メニューを閉じる",
  skip: "本文へスキップ",
  groups: {
    watch: "監視",
    work: "作業",
    rest: "記録",
  },
};
