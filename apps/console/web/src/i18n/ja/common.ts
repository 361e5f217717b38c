import type { common as english } from "../en/common.ts";
import type { TextsOf } from "../texts.ts";

export const common: TextsOf<typeof english> = {
  product: "Misskeep",
  tagline: "Misskey が送るイベントをすべて一度だけ保管し、確実に処理します。",
  loading: "読み込み中",
  retry: "再試行",
  close: "閉じる",
  cancel: "キャンセル",
  back: "戻る",
  copy: "コピー",
  copied: "コピーしました",
  previous: "前へ",
  next: "次へ",
  firstPage: "最初のページへ",
  none: "なし",
  unknown: "不明",
  all: "すべて",
  filter: "絞り込み",
  clearFilters: "条件を解除",
  reason: "理由",
  reasonHelp: "監査ログに残ります。",
  actions: "操作",
  details: "詳細",
  readOnly: "閲覧専用",
  notFound: {
    title: "ページがありません",
    text: "アドレスが間違っているか、別のバージョンのものかもしれません。",
    link: "概要を開く",
  },
  crash: {
    title: "このページでエラーが起きました",
    text: "コンソール側の不具合です。再読み込みしても直らないときは、下の内容を報告してください。",
    reload: "再読み込み",
  },
  session: {
    signIn: "サインイン",
    token: "トークン",
    tokenHelp: "CONSOLE_TOKENS のいずれかです。この Misskeep の管理者が知っています。",
    signOut: "サインアウト",
    signedInAs: "{{name}} としてサインイン中",
    readOnly: "閲覧専用: 非公開の内容は表示されず、変更もできません。",
  },
  scheme: {
    label: "外観",
    light: "ライト",
    dark: "ダーク",
    auto: "システムに合わせる",
  },
  language: "言語",
  trouble: {
    redis:
      "Redis が応答しません。表示は古い可能性があります。データは失われておらず、復旧すると自動で更新されます。",
    unreachable: "コンソールが応答しません。表示は古い可能性があります。復旧すると自動で更新されます。",
  },
  confirm: {
    count: "確認のため {{number}} と入力してください",
    reasonMissing: "理由を入力してください。",
    countWrong: "{{number}} と一致しません。",
  },
  percent: "{{value}}%",
  duration: {
    ms: "{{value}} ミリ秒",
    s: "{{value}} 秒",
    min: "{{value}} 分",
    h: "{{value}} 時間",
    d: "{{value}} 日",
  },
  event: {
    test: "テスト",
    noType: "種類なし",
  },
  json: {
    label: "JSON",
    notUtf8: "UTF-8 のテキストではないため、base64 で表示しています。",
    copy: "JSON をコピー",
  },
};
