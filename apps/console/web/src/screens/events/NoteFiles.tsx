import { Badge, Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { NoteContent } from "../../api/types.ts";
import { OutLink } from "../../components/OutLink.tsx";
import { hostsOf, imageAddress } from "./note-images.ts";
import classes from "./NoteView.module.css";

type Files = NoteContent["files"];

/** A note's files by name. Images come from their host only when somebody asks: it would learn who looks. */
export function NoteFiles({ files }: { readonly files: Files }) {
  const { t } = useTranslation("events");
  const [loaded, setLoaded] = useState<ReadonlySet<string>>(new Set());
  const hosts = hostsOf(files).filter((host) => !loaded.has(host));
  return (
    <div>
      <Text size="xs" c="dimmed" mt={4}>
        {t("content.files", { count: files.length })}
      </Text>
      <ul className={classes["files"]}>
        {files.map((file, i) => (
          // Files carry no id here, and their order does not change.
          <li key={`${file.url ?? ""}:${i}`}>
            <File file={file} loaded={loaded} />
          </li>
        ))}
      </ul>
      <Group gap="xs">
        {hosts.map((host) => (
          <Button
            key={host}
            size="compact-xs"
            variant="default"
            onClick={() => setLoaded((before) => new Set(before).add(host))}
          >
            {t("content.loadImages", { host })}
          </Button>
        ))}
      </Group>
    </div>
  );
}

interface FileProps {
  readonly file: Files[number];
  readonly loaded: ReadonlySet<string>;
}

function File({ file, loaded }: FileProps) {
  const { t } = useTranslation("events");
  const { name, type, url, isSensitive, comment } = file;
  const shown = name ?? t("content.unnamed");
  const address = imageAddress(file);
  const image =
    address !== null && loaded.has(new URL(address).host) ? (
      <img
        src={address}
        alt={comment ?? t("content.imageOf", { name: shown })}
        referrerPolicy="no-referrer"
        loading="lazy"
      />
    ) : null;
  return (
    <>
      <span className="hostile-line">
        <OutLink href={url}>
          <bdi>{shown}</bdi>
        </OutLink>{" "}
        <Text span size="xs" c="dimmed">
          {type}
        </Text>
        {isSensitive ? (
          <Badge ml={6} size="xs" variant="default" radius="sm" tt="none">
            {t("content.sensitive")}
          </Badge>
        ) : null}
      </span>
      {comment === null ? null : (
        <Text size="xs" c="dimmed" className="hostile" dir="auto">
          {comment}
        </Text>
      )}
      {image !== null && isSensitive ? (
        <details>
          <summary>{t("content.sensitive")}</summary>
          {image}
        </details>
      ) : (
        image
      )}
    </>
  );
}
