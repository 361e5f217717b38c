import type { erase as en } from "../en/erase.ts";
import type { TextsOf } from "../texts.ts";

export const erase: TextsOf<typeof en> = {
  title: "消去",
  intro:
    "特定のユーザーまたはノートに関するイベントの内容を、受信箱・ジョブ・デッドレター・破棄済みのデッドレターのすべてから消去します。ID、時刻、冪等性キーは残るため、二重に処理されることはありません。この操作は取り消せません。",
  outside: "プロセッサーが外部に送った内容、ほかのシステムのログ、Redis のバックアップは対象外です。",
  form: {
    what: "対象",
    person: "ユーザー",
    note: "ノート",
    personLabel: "ハンドル",
    personHint: "@alice@example.tld（自分のサーバーのユーザーもホスト名を付けます）",
    personWrong: "ハンドルの形式ではありません。",
    noteWrong: "ノート ID の形式ではありません。",
    noteLabel: "ノート ID",
    noteHint: "Misskey のノート ID（例: 9zk3l2m1x0）",
    plan: "検索",
    looking: "すべてを調べています…",
  },
  plan: {
    title: "消去される内容",
    nothing: "見つかりませんでした（{{scanned}} 件のイベントとジョブを調べました）。",
    scanned: "{{scanned}} 件のイベントとジョブを調べました。",
    inbox: "受信箱のイベント",
    jobs: "ジョブ（待機中・終了）",
    dead: "デッドレター",
    discarded: "破棄済みのデッドレター",
    waiting: "振り分け待ち、または実行中",
    waitingHint: "すぐには消去できません。数秒間は自動で試みますが、残った場合はもう一度消去してください。",
    deadHint: "消去したデッドレターは再実行できません。",
  },
  confirm: {
    why: "理由",
    typed: "確認のため「{{target}}」と入力してください",
    typedWrong: "「{{target}}」と一致しません。",
    action: "完全に消去",
    change: "対象を変更",
    readonly: "閲覧専用では消去できません。",
  },
  done: {
    title: "消去しました",
    text: "受信箱のイベント {{inbox}} 件、ジョブ {{jobs}} 件、デッドレター {{dead}} 件、破棄済みのデッドレター {{discarded}} 件。",
    disk: {
      rewriting: "Redis がファイルを書き直しているため、ディスクからも消えます。",
      busy: "Redis がファイルを書き直している最中でした。次の書き直し（BGREWRITEAOF）まで、消去した内容がファイルに残ることがあります。",
      refused:
        "Redis のファイルを書き直せませんでした。消去した内容がファイルに残ることがあります。Redis で BGREWRITEAOF を実行してください。",
      off: "Redis はディスクにファイルを保存していません。",
    },
    again: "ほかのものを消去する",
    audit: "監査ログを見る",
    left_other: "{{count, number}} 件は処理中のため残っています。1 分後にもう一度消去してください。",
  },
};
