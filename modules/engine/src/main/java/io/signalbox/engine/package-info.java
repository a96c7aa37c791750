package io.signalbox.engine;
