/* Over the stock script: the calendar is that of the browser (admin/DateTimeShortcuts.js). */
