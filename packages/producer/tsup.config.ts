import { libraryConfig } from "../../scripts/lib/tsup.js";

export default libraryConfig();
