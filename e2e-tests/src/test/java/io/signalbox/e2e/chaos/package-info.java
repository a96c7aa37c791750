/** Faults thrown at real processes under load, and what must hold after each of them. */
package io.signalbox.e2e.chaos;
