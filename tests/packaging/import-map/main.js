import { createClient } from "playoff-wasm";

async function showProfile() {
  const { apiUrl, authUrl, token } = await (await fetch("/config.json")).json();
  const playoff = createClient({ apiUrl, authUrl, token: () => token });
  const profile = await playoff.get("/runtime/player");
  document.querySelector("#profile").textContent = JSON.stringify(profile, null, 2);
}

showProfile().catch((error) => {
  document.querySelector("#problem").textContent = `${error.name} ${error.code}: ${error.message}`;
});
