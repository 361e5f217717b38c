import type { discarded as english } from "../en/discarded.ts";
import type { TextsOf } from "../texts.ts";

export const discarded: TextsOf<typeof english> = {
  title: "破棄済み",
  text: "破棄されたデッドレターです。7 日間は復元でき、その後は削除されます。",
  label: "破棄済みのデッドレター（新しい順）",
  empty: "破棄済みのデッドレターはありません",
  emptyText: "破棄したデッドレターは、ここに 7 日間残ります。",
  event: "イベント",
  error: "エラー",
  by: "破棄した人",
  until: "削除予定",
  total: "全 {{number}} 件",
  recover: "復元",
  recoverOne: "{{id}} を復元",
  recovered: "デッドレターに戻しました",
  late: "すでに復元されたか、削除されました。",
};
