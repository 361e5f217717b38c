// Lacks its setting, so it is off.
export default ({ defineProcessor, z, handled }) =>
  defineProcessor({
    name: "welcome",
    on: ["userCreated"],
    config: z.object({ WELCOME_TEXT: z.string().describe("What newcomers are told.") }),
    handle: () => handled(),
  });
