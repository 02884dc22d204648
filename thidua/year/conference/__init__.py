"""Hội nghị: adopting the table, ranking, elections, nominations, minutes, closing the year."""
