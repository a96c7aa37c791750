/** What engines that share the work know of each other, and what they do when one dies. */
package io.signalbox.engine.peers;
