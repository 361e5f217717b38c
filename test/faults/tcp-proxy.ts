export { type Mode, startTcpProxy, type TcpProxy } from "@misskeep/testkit";
