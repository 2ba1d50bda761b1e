"use client";

import { createClient } from "playoff-wasm";
import { useEffect, useState } from "react";

export default function Page() {
  const [shown, show] = useState({ profile: "", problem: "" });
  useEffect(() => {
    (async () => {
      const { apiUrl, authUrl, token } = await (await fetch("/config.json")).json();
      const profile = await createClient({ apiUrl, authUrl, token: () => token }).get("/runtime/player");
      show({ profile: JSON.stringify(profile), problem: "" });
    })().catch((error) => show({ profile: "", problem: `${error.name} ${error.code}: ${error.message}` }));
  }, []);
  return (
    <>
      <pre id="profile">{shown.profile}</pre>
      <pre id="problem">{shown.problem}</pre>
    </>
  );
}
