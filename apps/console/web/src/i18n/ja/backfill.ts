import type { backfill as en } from "../en/backfill.ts";
import type { TextsOf } from "../texts.ts";

export const backfill: TextsOf<typeof en> = {
  title: "バックフィル",
  intro: "受信箱に残っているイベントを、いま届いたかのようにプロセッサーで処理します。",
  keys: "それぞれが、この実行に固有のIDと冪等キーを持つ独立したジョブになります。過去1日に処理済みのものも再び処理されます。相手がキーを知らなければ、外部への影響は2回起きます。",
  form: {
    processor: "プロセッサー",
    processorHint: "今日追加したものでも構いません。",
    from: "受信の開始",
    to: "終了",
    types: "種類",
    typesHint: "空欄: プロセッサーの対象すべて。",
    hook: "フック",
    hookHint: "空欄: すべて。",
    reach: "受信箱の最古のイベント:",
    hour: "直近1時間",
    day: "直近1日",
    all: "すべて",
    plan: "まず数える",
    processorMissing: "プロセッサーを選んでください。",
    rangeMissing: "日時を指定してください。",
    invalidRange: "終了は開始より後にしてください。",
  },
  readonly: "閲覧専用ではバックフィルを開始できません。",
  noProcessorsTitle: "プロセッサーはまだありません",
  noProcessors: "ワーカーの起動時に登録されます:",
  planTitle: "実行される内容",
};
