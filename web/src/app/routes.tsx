import { createBrowserRouter, type RouteObject } from "react-router";
import { Loading } from "../base/states/Loading";
import { Broken } from "./Broken";
import { Lost } from "./Lost";
import { Shell } from "./Shell";
import { SignedInOnly } from "./SignedInOnly";

/** The pages inside of the shell, each loaded when it is opened; a module of a page exports `Component`. */
const PAGES: readonly RouteObject[] = [
  { path: "/", lazy: () => import("../home/HomePage") },
  { path: "/improve", lazy: () => import("../improve/ImprovePage") },
  { path: "/maps/:id/edit", lazy: () => import("../maps/editor/EditorPage") },
  { path: "/customers/:customer?", lazy: () => import("../identity/CustomersPage") },
  { path: "/data", lazy: () => import("../sources/SourcesPage") },
  { path: "/data/import/:upload?", lazy: () => import("../sources/ImportPage") },
  { path: "/data/quarantine", lazy: () => import("../sources/QuarantinePage") },
  { path: "/data/names", lazy: () => import("../sources/NamesPage") },
  { path: "/maps", lazy: () => import("../maps/library/LibraryPage") },
  { path: "/maps/:id", lazy: () => import("../maps/view/MapPage") },
  { path: "/maps/:id/beside", lazy: () => import("../maps/beside/BesidePage") },
  { path: "/maps/:id/present", lazy: () => import("../maps/present/PresentPage") },
  { path: "/personas", lazy: () => import("../maps/personas/PersonasPage") },
  { path: "/personas/:id", lazy: () => import("../maps/personas/PersonaPage") },
  { path: "/settings/:part?", lazy: () => import("../accounts/SettingsPage") },
  { path: "/explore/:question?", lazy: () => import("../journeys/ExplorePage") },
];

/** The pages without the shell, which nobody has to be signed in for. */
const OPEN_PAGES: readonly RouteObject[] = [
  { path: "/sign-in", lazy: () => import("../accounts/SignInPage") },
  { path: "/link", lazy: () => import("../accounts/LinkPage") },
  { path: "/shared/:token", lazy: () => import("../maps/shared/SharedPage") },
];

export const router = createBrowserRouter([
  ...OPEN_PAGES.map((page) => ({ ...page, errorElement: <Broken />, hydrateFallbackElement: <Loading /> })),
  {
    element: (
      <SignedInOnly>
        <Shell />
      </SignedInOnly>
    ),
    errorElement: <Broken />,
    hydrateFallbackElement: <Loading />,
    children: [
      ...(PAGES.map((page) => ({ ...page, errorElement: <Broken /> })) as RouteObject[]),
      { path: "*", element: <Lost /> },
    ],
  },
]);
