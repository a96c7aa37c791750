package io.signalbox.reactive;
