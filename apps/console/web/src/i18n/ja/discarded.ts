import type { discarded as english } from "../en/discarded.ts";
import type { TextsOf } from "../texts.ts";

export const discarded: TextsOf<typeof english> = {
  title: "破棄済み",
  text: "破棄されたデッドレターです。7 日間は元に戻せますが、その後削除されます。",
  label: "破棄済みのデッドレター（新しい順）",
  empty: "破棄されたものはありません",
  emptyText: "破棄したデッドレターは、7 日間ここに残ります。",
  event: "イベント",
  error: "エラー",
  by: "破棄した人",
  until: "削除予定",
  total: "全 {{number}} 件",
  recover: "元に戻す",
  recoverOne: "{{id}} を元に戻す",
  recovered: "デッドレターに戻しました",
  late: "その間に元に戻されたか、削除されました。",
};
