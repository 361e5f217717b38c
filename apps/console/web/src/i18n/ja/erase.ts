import type { erase as en } from "../en/erase.ts";
import type { TextsOf } from "../texts.ts";

export const erase: TextsOf<typeof en> = {
  title: "消去",
  intro:
    "ある人物またはノートのイベントの内容を、受信箱、ジョブ、デッドレター、破棄したレターのすべてから消去します。ID、時刻、冪等キーは残るため、二重に処理されることはありません。元に戻せません。",
  outside: "プロセッサーが外部に送ったもの、ほかのシステムのログ、Redisのバックアップには及びません。",
  form: {
    what: "対象",
    person: "人物",
    note: "ノート",
    personLabel: "ハンドル",
    personHint: "@alice@example.tld（自分のサーバーの人物もホスト付き）",
    personWrong: "ハンドルではありません。",
    noteWrong: "ノートのIDではありません。",
    noteLabel: "ノートのID",
    noteHint: "MisskeyのノートID（例: 9zk3l2m1x0）",
    plan: "探す",
    looking: "すべてを調べています…",
  },
  plan: {
    title: "消去される内容",
    nothing: "見つかりませんでした（{{scanned}}件のイベントとジョブを調べました）。",
    scanned: "{{scanned}}件のイベントとジョブを調べました。",
    inbox: "受信箱のイベント",
    jobs: "ジョブ（待機中・終了）",
    dead: "デッドレター",
    discarded: "破棄したレター",
    waiting: "まだ振り分けられていない、または実行中",
    waitingHint: "すぐには消去できません。数秒間試し、残ったものはもう一度消去する必要があります。",
    deadHint: "消去したデッドレターは再実行できません。",
  },
  confirm: {
    why: "理由",
    typed: "確認のため「{{target}}」と入力してください",
    typedWrong: "「{{target}}」と一致しません。",
    action: "完全に消去",
    change: "変更する",
    readonly: "閲覧専用では消去できません。",
  },
  done: {
    title: "消去しました",
    text: "受信箱のイベント{{inbox}}件、ジョブ{{jobs}}件、デッドレター{{dead}}件、破棄したレター{{discarded}}件。",
    disk: {
      rewriting: "Redisがファイルを書き直し、ディスクからも消えます。",
      busy: "Redisのファイルは書き込み中でした。次に書き直すまで（BGREWRITEAOF）、消去した内容が残ることがあります。",
      refused:
        "Redisのファイルを書き直せませんでした。消去した内容が残ることがあります。RedisでBGREWRITEAOFを実行してください。",
      off: "Redisはディスクにファイルを持っていません。",
    },
    again: "ほかのものを消去する",
    audit: "監査を見る",
    left_other: "{{count, number}}件は処理中のため残っています。1分後にもう一度消去してください。",
  },
};
