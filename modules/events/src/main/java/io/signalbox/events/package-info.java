package io.signalbox.events;
