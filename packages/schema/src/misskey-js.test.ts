/**
 * Holds our types against those of the `misskey-js` package, at compile time.
 *
 * For each entity the test lists the fields that we leave out, that only we have, and that differ. A difference
 * that appears or disappears, with a new misskey-js or a change of ours, breaks the compilation of this file.
 * Whether a field may be missing is not compared: ours may, all but the required ones.
 */
import type { Endpoints, entities } from "misskey-js";
import { expectTypeOf, test } from "vitest";
import type { AbuseReport } from "./abuse-report.ts";
import type { DriveFile } from "./drive-file.ts";
import type { EventType } from "./events.ts";
import type { Note } from "./note.ts";
import type { UserDetailed, UserLite } from "./user.ts";

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- this is how two types are told apart.
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The fields that are named, without a loose object's index signature. */
type Named<T> = keyof { [Key in keyof T as string extends Key ? never : Key]: true };

/**
 * A value without what is not compared: optionality, undefined, index signatures, at any depth. Fields that
 * lead to other compared entities become a mark, so that each entity is compared once, by itself.
 */
type Bare<T> = T extends readonly (infer Item)[]
  ? Bare<Item>[]
  : T extends { username: string }
    ? "a user"
    : T extends { user: { username: string } }
      ? "a note"
      : "md5" extends Named<T>
        ? "a file"
        : T extends object
          ? string extends keyof T
            ? [Named<T>] extends [never]
              ? { [Key in keyof T]: Bare<T[Key]> }
              : { [Key in Named<T>]-?: Bare<Exclude<T[Key & keyof T], undefined>> }
            : { [Key in keyof T]-?: Bare<Exclude<T[Key], undefined>> }
          : T;

type Field<T, Key> = Key extends keyof T ? Bare<Exclude<T[Key], undefined>> : never;

type Differing<Ours, Theirs> = {
  [Key in Named<Ours> & Named<Theirs>]: Equal<Field<Ours, Key>, Field<Theirs, Key>> extends true
    ? never
    : Key;
}[Named<Ours> & Named<Theirs>];

type OnlyOurs<Ours, Theirs> = Exclude<Named<Ours>, Named<Theirs>>;
type LeftOut<Ours, Theirs> = Exclude<Named<Theirs>, Named<Ours>>;

test("the comparison sees a difference of type, of null, and inside an object", () => {
  expectTypeOf<Differing<{ a?: string }, { a: string }>>().toEqualTypeOf<never>();
  expectTypeOf<Differing<{ a: string }, { a: number }>>().toEqualTypeOf<"a">();
  expectTypeOf<Differing<{ a?: string | null }, { a: string }>>().toEqualTypeOf<"a">();
  expectTypeOf<Differing<{ a?: { b: "x" | "y" }[] }, { a: { b: "x" | "y" | "z" }[] }>>().toEqualTypeOf<"a">();
  expectTypeOf<OnlyOurs<{ a: 1; [key: string]: unknown }, { b: 1 }>>().toEqualTypeOf<"a">();
  expectTypeOf<LeftOut<{ a: 1; [key: string]: unknown }, { b: 1 }>>().toEqualTypeOf<"b">();
  // @ts-expect-error -- the canary: a difference that is not listed does not compile.
  expectTypeOf<Differing<{ a: string }, { a: number }>>().toEqualTypeOf<never>();
});

test("the lite user is that of misskey-js", () => {
  type Theirs = entities.UserLite;
  expectTypeOf<Differing<UserLite, Theirs>>().toEqualTypeOf<never>();
  expectTypeOf<OnlyOurs<UserLite, Theirs>>().toEqualTypeOf<never>();
  expectTypeOf<LeftOut<UserLite, Theirs>>().toEqualTypeOf<never>();
});

test("the detailed user is that of misskey-js, without what no processor reads", () => {
  type Theirs = entities.UserDetailedNotMe;
  expectTypeOf<Differing<UserDetailed, Theirs>>().toEqualTypeOf<never>();
  expectTypeOf<OnlyOurs<UserDetailed, Theirs>>().toEqualTypeOf<never>();
  // Whole notes, pages and roles, of no use to the owner's processors and costly to check.
  type Nested = "pinnedNotes" | "pinnedPage" | "pinnedPageId" | "roles";
  // Settings for Misskey's own pages.
  type Settings =
    | "canChat"
    | "chatScope"
    | "followersVisibility"
    | "followingVisibility"
    | "notify"
    | "publicReactions"
    | "withReplies";
  expectTypeOf<LeftOut<UserDetailed, Theirs>>().toEqualTypeOf<Nested | Settings>();
});

test("the note is that of misskey-js", () => {
  type Theirs = entities.Note;
  expectTypeOf<Differing<Note, Theirs>>().toEqualTypeOf<never>();
  expectTypeOf<OnlyOurs<Note, Theirs>>().toEqualTypeOf<never>();
  expectTypeOf<LeftOut<Note, Theirs>>().toEqualTypeOf<never>();
});

test("the file is that of misskey-js, without what is always null in a webhook", () => {
  type Theirs = entities.DriveFile;
  expectTypeOf<Differing<DriveFile, Theirs>>().toEqualTypeOf<never>();
  expectTypeOf<OnlyOurs<DriveFile, Theirs>>().toEqualTypeOf<never>();
  expectTypeOf<LeftOut<DriveFile, Theirs>>().toEqualTypeOf<"folder" | "user">();
});

test("the report is that of misskey-js, as a webhook carries it", () => {
  type Theirs = Endpoints["admin/abuse-user-reports"]["res"][number];
  // A webhook sends null where the user is not known any more; the API, whose type this is, does not.
  expectTypeOf<Differing<AbuseReport, Theirs>>().toEqualTypeOf<"reporter" | "targetUser">();
  // The API leaves the hosts to the users, and webhooks leave out the time.
  expectTypeOf<OnlyOurs<AbuseReport, Theirs>>().toEqualTypeOf<"reporterHost" | "targetUserHost">();
  expectTypeOf<LeftOut<AbuseReport, Theirs>>().toEqualTypeOf<"createdAt">();
});

test("every event type of misskey-js is known, and only those of forks besides", () => {
  type Theirs = entities.UserWebhook["on"][number] | entities.SystemWebhook["on"][number];
  expectTypeOf<Exclude<Theirs, EventType>>().toEqualTypeOf<never>();
  type Sharkey = "edited";
  type CherryPick = "inactiveModeratorsDisablePublicNoteChanged";
  type MisskeyIO = "reportCreated" | "reportResolved" | "reportAutoResolved";
  expectTypeOf<Exclude<EventType, Theirs>>().toEqualTypeOf<Sharkey | CherryPick | MisskeyIO>();
});
