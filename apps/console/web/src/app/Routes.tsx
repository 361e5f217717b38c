import { lazy } from "react";
import { Route, Switch } from "wouter";
import { NotFound } from "./NotFound.tsx";

const Overview = lazy(() => import("../screens/overview/OverviewScreen.tsx"));
const Groups = lazy(() => import("../screens/dead/GroupsScreen.tsx"));
const Letters = lazy(() => import("../screens/dead/LettersScreen.tsx"));
const Group = lazy(() => import("../screens/dead/GroupScreen.tsx"));
const Letter = lazy(() => import("../screens/letter/LetterScreen.tsx"));
const Discarded = lazy(() => import("../screens/discarded/DiscardedScreen.tsx"));
const Runs = lazy(() => import("../screens/runs/RunsScreen.tsx"));
const Run = lazy(() => import("../screens/runs/RunScreen.tsx"));
const Events = lazy(() => import("../screens/events/EventsScreen.tsx"));
const Event = lazy(() => import("../screens/events/EventScreen.tsx"));
const Backfill = lazy(() => import("../screens/backfill/BackfillScreen.tsx"));
const Processors = lazy(() => import("../screens/processors/ProcessorsScreen.tsx"));
const Workers = lazy(() => import("../screens/workers/WorkersScreen.tsx"));
const Audit = lazy(() => import("../screens/audit/AuditScreen.tsx"));
const Erase = lazy(() => import("../screens/erase/EraseScreen.tsx"));

/** Which screen stands at which address; each is loaded when somebody goes there. */
export function Routes() {
  return (
    <Switch>
      <Route path="/" component={Overview} />
      <Route path="/dead" component={Groups} />
      <Route path="/dead/letters" component={Letters} />
      <Route path="/dead/groups/:group">{({ group }) => <Group key={group} group={group} />}</Route>
      <Route path="/dead/letters/:processor/:id">
        {({ processor, id }) => <Letter key={`${processor}/${id}`} processor={processor} id={id} />}
      </Route>
      <Route path="/discarded" component={Discarded} />
      <Route path="/runs" component={Runs} />
      <Route path="/runs/:id">{({ id }) => <Run key={id} id={id} />}</Route>
      <Route path="/events" component={Events} />
      <Route path="/events/:id">{({ id }) => <Event key={id} id={id} />}</Route>
      <Route path="/backfill" component={Backfill} />
      <Route path="/processors" component={Processors} />
      <Route path="/workers" component={Workers} />
      <Route path="/audit" component={Audit} />
      <Route path="/erase" component={Erase} />
      <Route component={NotFound} />
    </Switch>
  );
}
