package io.signalbox.e2e.chaos;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something bad that happens to a deployment under load.
 *
 * @param name what happens, for people
 * @param strike brings it about, and returns when that was once it is over
 * @param repair what somebody would do about it later; the deployment is whole again afterwards
 */
record Fault(String name, Function<Deployment, Moment> strike, Consumer<Deployment> repair) {}
