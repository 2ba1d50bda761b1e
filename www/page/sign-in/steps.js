/** Leaves for the service, which sends the player back to `redirectUri`. */
export const signIn = (playoff) => playoff.login({ returnTo: "/sign-in" });

/** There: gives the code in the address for a token, and goes on where the sign-in began. */
export async function finishSignIn(playoff) {
  const back = await playoff.handleRedirect(); // null on every other page
  if (back) history.replaceState(null, "", back.returnTo);
  return back;
}

export const getPlayer = (playoff) => playoff.runtime.player();
export const renewToken = (playoff) => playoff.getToken({ refresh: true });
export const signOut = (playoff) => playoff.logout();
