package io.signalbox.cli;
