import type { audit as en } from "../en/audit.ts";
import type { TextsOf } from "../texts.ts";

export const audit: TextsOf<typeof en> = {
  title: "監査ログ",
  list: "操作の記録（新しい順）",
  emptyTitle: "まだ操作の記録はありません",
  emptyText: "再実行、破棄、一時停止などが、実行者と理由とともに記録されます。",
  column: { when: "日時", who: "実行者", what: "操作", target: "対象", count: "件数", why: "理由" },
  filter: "条件",
  noWhy: "理由の記載なし",
  action: {
    replay: "再実行",
    edit: "編集して再実行",
    discard: "破棄",
    recover: "復元",
    erase: "消去",
    export: "エクスポート",
    resolve: "解決済みに変更",
    reopen: "未解決に変更",
    mute: "アラートを停止",
    unmute: "アラートを再開",
    "start-run": "一括実行を開始",
    "pause-run": "一括実行を一時停止",
    "resume-run": "一括実行を再開",
    "cancel-run": "一括実行を中止",
    "pause-processor": "プロセッサーを一時停止",
    "resume-processor": "プロセッサーを再開",
    "remove-processor": "プロセッサーを削除",
    "rebuild-index": "索引を再構築",
    "sign-in": "サインイン",
  },
};
