package io.signalbox.simulator;
