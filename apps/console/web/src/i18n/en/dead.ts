export const dead = {
  title: "Dead",
};
