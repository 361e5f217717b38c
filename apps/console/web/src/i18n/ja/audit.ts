import type { audit as en } from "../en/audit.ts";
import type { TextsOf } from "../texts.ts";

export const audit: TextsOf<typeof en> = {
  title: "監査",
  list: "操作の記録（新しい順）",
  emptyTitle: "まだ操作の記録はありません",
  emptyText: "再実行、破棄、一時停止などが、実行者と理由とともに記録されます。",
  column: { when: "日時", who: "実行者", what: "操作", target: "対象", count: "件数", why: "理由" },
  filter: "条件",
  noWhy: "理由なし",
  action: {
    replay: "再実行",
    edit: "編集して再実行",
    discard: "破棄",
    recover: "復元",
    erase: "消去",
    export: "書き出し",
    resolve: "解決済みにした",
    reopen: "未解決に戻した",
    mute: "通知を止めた",
    unmute: "通知を戻した",
    "start-run": "実行を開始",
    "pause-run": "実行を一時停止",
    "resume-run": "実行を再開",
    "cancel-run": "実行を中止",
    "pause-processor": "一時停止",
    "resume-processor": "再開",
    "remove-processor": "削除",
    "rebuild-index": "索引を再構築",
    "sign-in": "サインイン",
  },
};
