export const letter = {
  title: "Letter",
};
