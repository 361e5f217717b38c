export const discarded = {
  title: "Discarded",
};
