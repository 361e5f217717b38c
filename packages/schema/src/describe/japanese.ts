/** Words are those of Misskey's own Japanese interface: リノート, 引用, ダイレクト投稿, アンケート, 是認／否認. */
import type { NoteTraits, Wording } from "./wording.ts";

export const japanese: Wording = {
  person: ({ name, handle }) => (name === undefined ? `${handle} さん` : `${name}（${handle}）さん`),
  withTraits: (sentence, traits) => {
    const list = listOf(traits);
    return list.length === 0 ? sentence : `${sentence}（${list.join("、")}）`;
  },
  stop: (sentence) => `${sentence}。`,
  stopWithQuote: (sentence, quote) => `${sentence}：「${quote}」`,
  test: (text) => `【テスト】${text}`,

  posted: (kind, author, other) => {
    const theirs = other === undefined ? "ノート" : `${other}のノート`;
    switch (kind) {
      case "renote":
        return `${author}が${theirs}をリノートしました`;
      case "quote":
        return `${author}が${theirs}を引用しました`;
      case "reply":
        return `${author}が${theirs}に返信しました`;
      case "note":
        return `${author}がノートを投稿しました`;
    }
  },
  edited: (author) => `${author}がノートを編集しました`,
  repliedToYou: (author) => `${author}があなたのノートに返信しました`,
  repliedToSelf: (author) => `${author}が自分のノートに返信しました`,
  renotedYours: (author) => `${author}があなたのノートをリノートしました`,
  quotedYours: (author) => `${author}があなたのノートを引用しました`,
  mentionedYou: (author) => `${author}からメンションされました`,
  sentYouDirect: (author) => `${author}からダイレクト投稿が届きました`,

  youFollow: (user) => `${user}をフォローしました`,
  followedYou: (user) => `${user}にフォローされました`,
  youDoNotFollow: (user) => `${user}へのフォローが解除されました`,
  reaction: () => "ノートにリアクションがありました",

  reported: (user) => (user === undefined ? "通報がありました" : `${user}が通報されました`),
  reportResolved: (user, as) => {
    const report = user === undefined ? "通報" : `${user}に対する通報`;
    if (as === undefined) return `${report}が解決されました`;
    return `${report}が${as === "accept" ? "是認" : "否認"}として解決されました`;
  },
  reportResolvedByRule: () => "通報が自動解決されました",
  signedUp: (user) => `${user}が新規登録しました`,
  moderatorsInactive: (hours) =>
    hours === undefined
      ? "モデレーターが一定期間活動していないため、このままではまもなくサーバーが招待制に切り替わります"
      : `モデレーターが一定期間活動していないため、このままではあと${hours}時間でサーバーが招待制に切り替わります`,
  invitationOnly: () => "モデレーターが一定期間活動していなかったため、サーバーが招待制に変更されました",
  publicNotesDisabled: () => "モデレーターが一定期間活動していなかったため、パブリック投稿が無効になりました",

  other: (type) => `「${type}」イベントを受信しました`,
};

function listOf(traits: NoteTraits): string[] {
  const list: string[] = [];
  if (traits.audience === "followers") list.push("フォロワー限定");
  if (traits.audience === "specified") list.push("ダイレクト");
  if (traits.hasContentWarning) list.push("CWあり");
  if (traits.files > 0) list.push(`ファイル${traits.files}件`);
  if (traits.hasPoll) list.push("アンケート付き");
  return list;
}
